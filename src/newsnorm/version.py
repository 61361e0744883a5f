"""The version number, defined once."""

__version__ = "0.1.0"
