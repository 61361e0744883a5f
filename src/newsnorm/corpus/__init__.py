"""Jobs over files: sources turn files into records, jobs work on them, sinks write the results."""
