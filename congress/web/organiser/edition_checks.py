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
from congress.domain.programme import PersonState
from congress.formats import edition_words
from congress.formats.holidays_calendar import calendar
from congress.queries.planning.congress_files import find_last_edition, find_plan
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext

ABOUT, PLACE, REGISTRATION = (
    f"/settings#{section}" for section in ("about", "place", "registration")
)
# Where the texts of a congress are changed; rooms are not among them.
WHERE = dict.fromkeys(("title", "lead", "description"), ABOUT) | dict.fromkeys(
    ("cost", "directions", "accessibility"), PLACE
)
WHERE["questions"] = "/settings/questions"


@dataclass(frozen=True)
class Check:
    """One line: what is to be looked at, which text it is, and where that is changed."""

    words: str
    place: str = ""  # without it the line itself leads there
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
    of_last = _venue(plan) if last is None else of_copy(plan, last)
    return [*of_days(plan), *_deadline(plan), *of_last, *_unnamed(plan), *_unsaid(plan)]


def of_days(plan: CongressPlan) -> list[Check]:
    """Return what there is to say of the days of a congress, and of its deadline."""
    language, found = languages.current(), cautions(plan, calendar(), now=clock.now())
    return [
        Check(edition_words.caution(each, language), part=REGISTRATION if each.is_deadline else "")
        for each in found
    ]


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
            part,
        )
        for (place, part), here in groupby(found, key=lambda each: _place(each, language))
    ]


def asked(plan: CongressPlan) -> int:
    """Return how many people have not agreed yet."""
    people = (person for item in plan.items for person in item.people if person.is_withheld)
    return len({person.name for person in people})


def _open(plan: CongressPlan) -> Iterator[Check]:
    yield from _venue(plan)
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


def _venue(plan: CongressPlan) -> Iterator[Check]:
    if not any(plan.venue.values()):
        yield Check(_("yet to be confirmed"), _("Venue"), PLACE)


def _unnamed(plan: CongressPlan) -> Iterator[Check]:
    """Say in how many workshops the public will read of people, and of none by name."""
    workshops = [item for item in plan.items if item.bookable and not item.cancelled]
    shown = [
        [each.is_named for each in item.people if each.state is not PersonState.DECLINED]
        for item in workshops
    ]
    if number := sum(bool(named) and not any(named) for named in shown):
        yield Check(
            ngettext(
                "%(num)d workshop shows “N. N.”: nobody is named in it who has agreed.",
                "%(num)d workshops show “N. N.”: nobody is named in them who has agreed.",
                number,
            ),
            part="/programme",
        )


def _unsaid(plan: CongressPlan) -> Iterator[Check]:
    """Name what people look for on the page, and what it does not say as nobody entered it."""
    for text, name in ((plan.cost, _("Cost")), (plan.accessibility, _("Accessibility"))):
        if not any(text.values()):
            yield Check(_("nothing is said about it yet"), name, PLACE)


def _deadline(plan: CongressPlan) -> Iterator[Check]:
    if plan.registration.closes_at > plan.days[0].slot.starts_at:
        yield Check(_("Registration stays open after the event has started."), part=REGISTRATION)


def _place(found: Remnant, language: str) -> tuple[str, str]:
    code = found.item.code if found.item else ""
    part = f"/programme/{code}/edit" if code else WHERE.get(found.field, "")
    return edition_words.place(found, language), part
