 varuint below
below:
