; error E0204 2:7
  db "\q"
