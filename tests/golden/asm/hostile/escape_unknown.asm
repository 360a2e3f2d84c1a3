 db "\x41"
