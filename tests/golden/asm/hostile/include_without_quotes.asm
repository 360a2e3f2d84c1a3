.include file
