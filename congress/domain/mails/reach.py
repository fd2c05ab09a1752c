"""Whom news reaches: by a letter, by a calendar entry alone, or by no mail at all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """How many people are told, and who has to be told in another way."""

    letters: int = 0
    entries: int = 0  # who gets no letter, only a new calendar entry
    unreached: tuple[int, ...] = ()  # registrations without an address
    dead: tuple[int, ...] = ()  # registrations whose address takes no mail

    @property
    def people(self) -> int:
        """How many people a mail reaches."""
        return self.letters + self.entries

    def __add__(self, other: "Reach") -> "Reach":
        return Reach(
            self.letters + other.letters,
            self.entries + other.entries,
            tuple(dict.fromkeys(self.unreached + other.unreached)),
            tuple(dict.fromkeys(self.dead + other.dead)),
        )


NOBODY = Reach()
