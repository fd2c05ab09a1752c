"""Events and workshops that have taken place, as a report counts and tells them."""

from dataclasses import dataclass

from congress.domain.congresses import CongressKind
from congress.domain.network.masking import SMALLEST, Count, apart


@dataclass(frozen=True)
class Occasion:
    """One that has taken place: how many people had a place, and of whom it is known they came.

    `expected` is who was to come to the place, or to an online event: all but those who took part
    online in a hybrid one. `came` is None where attendance was not recorded.
    """

    kind: CongressKind
    people: int
    online: int
    expected: int
    came: int | None
    year: int = 0  # in which it ended

    @property
    def modes(self) -> tuple[Count, Count]:
        """How many took part on site, and how many online."""
        return apart(self.people - self.online, self.online)

    @property
    def presence(self) -> tuple[Count, Count] | None:
        """How many came and how many stayed away; None where that is not known.

        Nor is it told where the number of those expected would tell how many were online.
        """
        hides_online = self.expected != self.people and not self.modes[1].is_exact
        if self.came is None or hides_online:
            return None
        return apart(self.came, self.expected - self.came)


@dataclass(frozen=True)
class Workshop:
    """One that has taken place: how many booked, and how many places it had; None: no limit."""

    kind: CongressKind
    booked: int
    places: int | None
    year: int = 0

    @property
    def tells_fill(self) -> bool:
        """Whether its places are so many that few people in them are a share of them.

        "One to four" of one place would be up to 400 %, and of a table for three the share would
        tell what is hidden.
        """
        return self.places is not None and self.places >= SMALLEST
