"""What the rules answer when the answer is no."""


class Refused(Exception):
    """A rule says no; the children carry the facts, the edge finds the words."""
