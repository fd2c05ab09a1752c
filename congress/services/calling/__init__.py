"""Calls for proposals: opening one, proposing, rating, answering."""
