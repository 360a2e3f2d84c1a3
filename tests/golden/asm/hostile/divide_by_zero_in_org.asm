.org 1/0
