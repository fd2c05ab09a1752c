"""Logging in and out, and choosing a password by a mailed link."""
