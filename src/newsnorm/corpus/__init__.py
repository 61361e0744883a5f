"""Jobs over files: sources turn files into records, jobs work on them, sinks write the results."""

import logging

logging.getLogger("newsnorm").addHandler(logging.NullHandler())  # a library prints nothing unless the program asks for it
