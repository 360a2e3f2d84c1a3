.entry_point -1
