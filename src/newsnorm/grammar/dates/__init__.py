"""How dates are written: tokens, times of day, relative days, whole dates, and dates amid a line."""
