; Characters: every escape, in single and double quotes, as numbers and in strings.
; bytes 000000: 0a 0d 09 00 5c 27 22 41 42 83 61 0a 0d 09 00 5c 27 22 62
.65816
.org 0
  db '\n', '\r', '\t', '\0', '\\', '\'', '\"', 'A', "A" + 1, "A" + 'B'
  db "a\n\r\t\0\\\'\"b"
