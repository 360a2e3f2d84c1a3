; error E0105 2:5
  ; ÿþ
