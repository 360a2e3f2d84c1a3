.include "/dev/tty"
