 dq -0x7fffffffffffffff - 5
