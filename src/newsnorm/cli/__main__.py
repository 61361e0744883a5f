"""Run the command line: ``python -m newsnorm.cli``."""

from newsnorm.cli import main

if __name__ == "__main__":
    main()
