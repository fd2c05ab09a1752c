"""Calendars to subscribe to and to download."""
