 dq 0 - 0xffffffffffffffff
