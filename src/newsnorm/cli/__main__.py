"""Run the command line: ``python -m newsnorm.cli``."""

from newsnorm.__main__ import main

if __name__ == "__main__":
    main()
