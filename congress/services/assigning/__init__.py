"""Giving the places of workshops by wishes: asked for, worked out by the worker, released."""
