"""Asking people what they think afterwards, and counting it so that nobody knows who said what."""
