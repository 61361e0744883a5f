"""Read dates: tokens, times of day, relative days, dates that are a whole text, and dates within a line."""
