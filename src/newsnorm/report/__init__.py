"""What was done to a text, as something a person reads."""
