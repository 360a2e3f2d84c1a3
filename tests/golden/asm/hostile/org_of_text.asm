.org "here"
