.align_bytes nowhere
