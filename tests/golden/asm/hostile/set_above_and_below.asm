 db v
.set v = 1
.set v = 2
