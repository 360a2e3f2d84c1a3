 db `a`
