"""Measures what the program does in a second, and what it costs, on the machine it runs on."""
