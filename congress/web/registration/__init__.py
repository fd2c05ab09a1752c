"""Registering, and the page of one's own that follows from it."""
