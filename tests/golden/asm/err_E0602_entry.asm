; error E0602 3:14
.65816
.entry_point -1
