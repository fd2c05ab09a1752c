"""Logins of organisers."""
