 db ²
