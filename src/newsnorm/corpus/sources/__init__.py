"""
Read files into records.

`discover` finds the files, and `read_file` reads one; a record that can't be read becomes a `Failure` that names its place, and
the remaining records of the file are still read.

To add a format, write a module in ``formats`` and list it in `read.READERS` and `recognise.ENDINGS`; to add a compression, write
one in ``compression``.
"""
