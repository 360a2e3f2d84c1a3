 varuint -1
