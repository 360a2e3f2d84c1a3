 nopnop
