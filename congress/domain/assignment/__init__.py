"""Giving places in workshops by ranked wishes: what is asked, found, and said of it."""
