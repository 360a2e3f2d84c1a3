 db １２
