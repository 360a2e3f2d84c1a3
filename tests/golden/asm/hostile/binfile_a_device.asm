.binfile "/dev/urandom"
