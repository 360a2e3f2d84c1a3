 mvn 1
