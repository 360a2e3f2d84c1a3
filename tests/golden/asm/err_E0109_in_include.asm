; error E0109 inc/open_comment.inc:2:1
.include "inc/open_comment.inc"
