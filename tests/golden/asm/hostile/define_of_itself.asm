.define X X
 db X
