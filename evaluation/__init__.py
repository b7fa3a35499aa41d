"""The question set and the code that scores it."""
