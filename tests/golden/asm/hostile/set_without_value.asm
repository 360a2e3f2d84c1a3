.set v =
