 db Ⅻ
