 dq 0xffffffffffffffff + 1
