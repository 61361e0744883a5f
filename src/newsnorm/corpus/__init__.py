"""Run jobs over files: sources turn files into records, jobs work on records, sinks write the results."""

import logging

logging.getLogger("newsnorm").addHandler(logging.NullHandler())  # a library must not print unless the program asks for it
