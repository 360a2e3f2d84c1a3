; The argument of a textual macro may call the same macro; texts may start with %binary; defined() in a text.
; bytes 000000: 01 04 02 03 01 02
.65816
.org 0
.define D(a) a
.define TWICE(v) (v)*2
#define K %10
.define F(a) %11
.define HAS defined(K)
  db D(D(1)), TWICE(TWICE(1)), K, F(9)
.if HAS && !defined(NOTHING)
  db D(HAS)
.endif
.undef K
.if !HAS
  db 2
.endif
