; error E0206 2:1
.dbb 5
