a1 = 0xffffffff * 0xffffffff
a2 = a1 * a1
 dq a2
