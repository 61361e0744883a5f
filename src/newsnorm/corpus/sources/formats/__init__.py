"""One module for each format of files, with a function `read` of the form of `Reader`."""
