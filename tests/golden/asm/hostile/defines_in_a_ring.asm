.define X Y
.define Y Z
.define Z X
 db X
