.frobnicate 5
