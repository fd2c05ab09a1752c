"""The negative control: the program itself, with the lock on a congress taken away.

A race that is green here as well would show nothing.
"""

from importlib import import_module

from tests.concurrency.unlocked import LEVERS

for place, name, value in LEVERS:
    setattr(place, name, value)

app = import_module("wsgi").app
