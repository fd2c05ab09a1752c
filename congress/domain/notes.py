"""What organisers note about a registration, for each other alone (decision 0059)."""

from congress.domain import editing
from congress.domain.errors import Refused

LONGEST_NOTE = 1_000  # characters


class NoteEditedMeanwhile(Refused):
    """Somebody else changed the note after this form was opened."""


def version_of(note: str) -> str:
    """Return what tells a note from any other."""
    return editing.version_of({"note": note})
