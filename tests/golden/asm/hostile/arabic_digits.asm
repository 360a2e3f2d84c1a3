 db ٣
