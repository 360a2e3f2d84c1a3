here:
here:
