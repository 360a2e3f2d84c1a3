.align_bytes -4
