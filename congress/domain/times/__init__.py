"""Moments, clock times and slots."""
