 db À€
