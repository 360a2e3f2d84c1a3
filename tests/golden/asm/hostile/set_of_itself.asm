.set v = v + 1
