"""Read file formats, with one module per format, each with a function `read` of type `Reader`."""
