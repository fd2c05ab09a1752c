"""Saying that something the public can see has changed."""

from congress.models import Congress


def touch(congress: Congress, *, content: bool) -> None:
    """Raise the revision of a congress, and that of its content when more than places changed."""
    congress.revision += 1
    if content:
        congress.content_revision += 1
