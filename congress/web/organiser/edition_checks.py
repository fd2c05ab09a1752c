"""What to look at before a draft is published: its days, and what it still has of the last one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from congress import clock
from congress.domain.access import Right
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congresses import CongressState
from congress.domain.planning.cautions import cautions
from congress.domain.planning.remnants import Remnant, remnants
from congress.formats import edition_words
from congress.formats.holidays_calendar import calendar
from congress.queries.planning.congress_files import find_last_edition, find_plan
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext


@dataclass(frozen=True)
class Check:
    """One line: what is to be looked at, which text it is, and where that is changed."""

    words: str
    place: str = ""
    part: str = ""  # of the address, after that of the congress


def of_draft() -> list[Check]:
    """Return what is to be looked at in the congress of this page, while it is a draft.

    Names that are not public are for whoever may edit them.
    """
    workspace = access.workspace()
    if workspace.state is not CongressState.DRAFT or not access.may(Right.EDIT_PROGRAMME):
        return []
    plan = find_plan(workspace.slug)
    if plan is None:
        return []
    last = find_last_edition(workspace.slug)
    return [*of_days(plan), *(() if last is None else of_copy(plan, last))]


def of_days(plan: CongressPlan) -> list[Check]:
    """Return what there is to say of the days of a congress."""
    language, found = languages.current(), cautions(plan, calendar(), now=clock.now())
    return [Check(edition_words.caution(each, language)) for each in found]


def of_copy(plan: CongressPlan, last: CongressPlan) -> list[Check]:
    """Return what was settled for the last edition and is open, and what its texts still name."""
    return [*_open(plan), *of_texts(plan, last)]


def of_texts(plan: CongressPlan, last: CongressPlan) -> list[Check]:
    """Return what texts still name of the last edition: one line for a text, or for an item."""
    language, found = languages.current(), remnants(plan, last)
    return [
        Check(
            "; ".join(edition_words.named(each, language) for each in here),
            place,
            f"/programme/{code}/edit" if code else "",
        )
        for (place, code), here in groupby(found, key=lambda each: _place(each, language))
    ]


def asked(plan: CongressPlan) -> int:
    """Return how many people have not agreed yet."""
    people = (person for item in plan.items for person in item.people if person.is_withheld)
    return len({person.name for person in people})


def _open(plan: CongressPlan) -> Iterator[Check]:
    if not any(plan.venue.values()):
        yield Check(_("yet to be confirmed"), _("Venue"))
    if number := asked(plan):
        yield Check(
            ngettext(
                "%(num)d person has not agreed yet and is not named in public",
                "%(num)d people have not agreed yet and are not named in public",
                number,
            ),
            _("People"),
            "/programme",
        )


def _place(found: Remnant, language: str) -> tuple[str, str]:
    return edition_words.place(found, language), found.item.code if found.item else ""
