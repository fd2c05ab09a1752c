"""People from a file: which column says what, and what would change if it were taken over."""
