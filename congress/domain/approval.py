"""Asking to take part: whether a registration needs a yes of the organisers, and what it holds."""

from enum import StrEnum


class Approval(StrEnum):
    """What a registration is until organisers have looked at it."""

    OFF = "off"  # nobody looks at it: it counts at once
    HELD = "held"  # a request, for which the places are kept free
    KEPT = "kept"  # a request, whose choices are only noted
