.align_bytes 0
