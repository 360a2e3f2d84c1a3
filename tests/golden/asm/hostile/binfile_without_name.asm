.binfile
