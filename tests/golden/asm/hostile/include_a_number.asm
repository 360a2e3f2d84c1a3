.include 5
