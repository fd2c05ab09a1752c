"""The report to the funder: what there was in some years, in numbers without names."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from congress.domain.congresses import CongressKind
from congress.domain.network.cohort_figures import CohortFigures
from congress.domain.network.districts import DISTRICTS, LANDS
from congress.domain.network.masking import NOBODY, Count, masked, total
from congress.domain.network.occasions import Occasion, Workshop
from congress.domain.network.projects import ProjectKind

FIRST_YEAR = 1990  # before it there is no network
MOST_YEARS = 30
UNKNOWN = ""  # where it is not known from which district somebody comes


@dataclass(frozen=True)
class Period:
    """Whole years, both counted: parts of one would tell by their difference what is hidden."""

    first: int
    last: int

    @property
    def called(self) -> str:
        """The years in figures: "2015" or "2015–2016"."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def starts_on(self) -> date:
        return date(self.first, 1, 1)

    @property
    def ends_on(self) -> date:
        return date(self.last, 12, 31)


def find_period(first: int, last: int, *, today: date) -> Period | None:
    """Return these years; None if they are to come, too many or the wrong way round."""
    is_one = FIRST_YEAR <= first <= last <= today.year and last - first < MOST_YEARS
    return Period(first, last) if is_one else None


@dataclass(frozen=True)
class KindFigures:
    """What there was of one kind of occasion, or of all of them."""

    occasions: int
    municipalities: int
    registered: Count
    on_site: Count
    online: Count
    recorded: int  # at how many of the occasions attendance is known
    came: Count
    stayed_away: Count
    workshops: int
    booked: Count
    places: int  # of the workshops with a limit that is no small group
    filled: Count  # people in these


@dataclass(frozen=True)
class AreaFigures:
    """How many people one area was reached with; each person counts once in a year."""

    name: str
    people: Count
    municipalities: int | None  # None where too few people came to tell


@dataclass(frozen=True)
class Mails:
    """How many info mails were sent, and how many people they went to, added up."""

    number: int
    readers: Count


@dataclass(frozen=True)
class Projects:
    """How many projects of one kind there were, and how far they are."""

    running: int = 0
    finished: int = 0

    @property
    def all(self) -> int:
        return self.running + self.finished


@dataclass(frozen=True)
class Members:
    """Who belonged to the network at the end of the period."""

    day: date
    members: int
    partners: int


@dataclass(frozen=True)
class FunderReport:
    """All that is told of a period; `districts` has all of North Rhine-Westphalia, by key."""

    period: Period
    kinds: Mapping[CongressKind, KindFigures]
    overall: KindFigures
    districts: Mapping[str, AreaFigures]
    elsewhere: Sequence[AreaFigures]  # other Länder
    unknown: Count  # people of whom no district is known
    districts_until: int  # the last year that they are told of; one that goes on is not
    network_mails: Mails
    mails: Mails  # of events
    members: Members
    years: Mapping[int, KindFigures]
    projects: Mapping[ProjectKind, Projects]
    cohorts: CohortFigures


def of_occasions(
    occasions: Sequence[Occasion], workshops: Sequence[Workshop], municipalities: int
) -> KindFigures:
    """Return what some occasions come to."""
    modes = [each.modes for each in occasions]
    presence = [each.presence for each in occasions]
    known = [each for each in presence if each is not None]
    limited = [each for each in workshops if each.tells_fill]
    return KindFigures(
        len(occasions),
        municipalities,
        total(masked(each.people) for each in occasions),
        total(on_site for on_site, _online in modes),
        total(online for _on_site, online in modes),
        len(known),
        total(came for came, _away in known),
        total(away for _came, away in known),
        len(workshops),
        total(masked(each.booked) for each in workshops),
        sum(each.places or 0 for each in limited),
        total(masked(each.booked) for each in limited),
    )


def by_kind(
    occasions: Sequence[Occasion],
    workshops: Sequence[Workshop],
    reached: Mapping[CongressKind, AbstractSet[int]],
) -> dict[CongressKind, KindFigures]:
    """Return the figures of each kind of which there was any; `reached` are municipalities."""
    found = {}
    for kind in CongressKind:
        of_it = [each for each in occasions if each.kind is kind]
        if of_it:
            its = [each for each in workshops if each.kind is kind]
            found[kind] = of_occasions(of_it, its, len(reached.get(kind, ())))
    return found


def by_year(
    period: Period,
    occasions: Sequence[Occasion],
    workshops: Sequence[Workshop],
    reached: Mapping[int, AbstractSet[int]],
) -> dict[int, KindFigures]:
    """Return the figures of each year: of the same counts as those of all, so nothing differs."""
    return {
        year: of_occasions(
            [each for each in occasions if each.year == year],
            [each for each in workshops if each.year == year],
            len(reached.get(year, ())),
        )
        for year in range(period.first, period.last + 1)
    }


def by_area(
    people: Mapping[str, Iterable[int]], municipalities: Mapping[str, AbstractSet[int]]
) -> tuple[dict[str, AreaFigures], list[AreaFigures], Count]:
    """Return the districts, the other Länder that were reached, and those of unknown ones.

    `people` are numbers, one for each year, by district (five figures) or Land (two).
    """
    counts = {area: total(map(masked, each)) for area, each in people.items()}

    def area(key: str, name: str) -> AreaFigures:
        count = counts.get(key, NOBODY)
        known = len(municipalities.get(key, ()))
        return AreaFigures(name, count, None if count.is_small else known)

    districts = {each.key: area(each.key, each.name) for each in DISTRICTS}
    elsewhere = [area(key, name) for key, name in LANDS.items() if key in counts]
    return districts, elsewhere, counts.get(UNKNOWN, NOBODY)
