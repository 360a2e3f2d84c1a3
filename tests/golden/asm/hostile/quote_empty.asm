 db ''
