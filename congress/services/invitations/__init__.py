"""Inviting people to a congress: entering them, sending links, taking their answers."""
