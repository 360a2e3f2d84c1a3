.define X .macro
 X
