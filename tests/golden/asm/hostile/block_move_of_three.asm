 mvn 1, 2, 3
