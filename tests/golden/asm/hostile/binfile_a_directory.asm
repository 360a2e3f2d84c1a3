.binfile "sub"
