 dq 0xffffffffffffffff * 2
