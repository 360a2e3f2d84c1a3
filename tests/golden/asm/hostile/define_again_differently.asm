.define X 1
.define X 2
