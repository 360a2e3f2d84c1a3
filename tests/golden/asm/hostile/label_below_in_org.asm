.org below
below:
