.set v 1
