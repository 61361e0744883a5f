"""``python -m newsnorm.cli``."""

from newsnorm.cli import main

main()
