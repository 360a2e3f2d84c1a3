.binfile "no such file"
