"""Marketplaces: pages of whoever takes part and of everybody, and the forms of all."""
