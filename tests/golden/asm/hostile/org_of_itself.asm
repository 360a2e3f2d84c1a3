x1 = y1
y1 = z1
.org x1
z1:
