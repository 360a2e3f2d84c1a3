.set = 1
