; error E0204 2:6
  db "\q"
