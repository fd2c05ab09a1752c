"""A programme as organisers plan it."""
