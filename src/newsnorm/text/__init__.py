"""Characters, words and sentences, whatever they are used for: nothing here knows news."""
