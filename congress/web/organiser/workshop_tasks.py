"""What is to be done about workshops: people to choose again, too few people, two at one time."""

from collections.abc import Iterator, Mapping, Sequence

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.queries import minimums
from congress.queries.unchosen import Unchosen
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser.task import Task, if_may


def of_today(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    unchosen: Mapping[int, Unchosen],
    double: int,
) -> list[Task]:
    """Return what is to be done about them, the most pressing first."""
    return [*_unchosen(items, unchosen), *_double(double), *_underfilled(congress, items)]


def _unchosen(items: Sequence[ProgrammeItem], unchosen: Mapping[int, Unchosen]) -> Iterator[Task]:
    for item in items:
        found = unchosen.get(item.id)
        if found is not None and found.people:
            words = ngettext(
                "%(workshop)s is cancelled: %(num)d of %(all)d has not chosen again yet",
                "%(workshop)s is cancelled: %(num)d of %(all)d have not chosen again yet",
                found.people,
                all=found.of,
                workshop=_quoted(item),
            )
            yield Task(words, if_may(Right.SEE_ATTENDEES, f"/attendees?unchosen={item.code}"))


def _double(people: int) -> Iterator[Task]:
    """Who is booked twice since the programme moved, until they have given up one of the two."""
    if people:
        words = ngettext(
            "%(num)d person has two items at the same time and has not chosen yet",
            "%(num)d people have two items at the same time and have not chosen yet",
            people,
        )
        yield Task(words, if_may(Right.SEE_ATTENDEES, "/attendees?overlap=open"), "overlap")


def _underfilled(congress: Congress, items: Sequence[ProgrammeItem]) -> Iterator[Task]:
    """Workshops with fewer people than they need, of which nobody has said what then."""
    if not any(item.is_short for item in items):
        return
    for each in minimums.open_ones(congress, now=clock.now()):
        words = _(
            "“%(workshop)s”: %(taken)s of at least %(minimum)s places taken. Does it take place?",
            workshop=languages.short_name(each.number, each),
            taken=each.taken,
            minimum=each.minimum,
        )
        yield Task(
            words, if_may(Right.EDIT_PROGRAMME, f"/programme/{each.code}/minimum"), "minimum"
        )


def _quoted(item: ProgrammeItem) -> str:
    return _("“%(title)s”", title=languages.short_name(item.number, item.face))
