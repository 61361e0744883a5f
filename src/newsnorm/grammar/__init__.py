"""How a field is written: names, agencies, places, bylines, datelines, credits and dates, each with the tables it reads."""
