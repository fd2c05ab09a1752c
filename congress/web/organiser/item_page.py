"""What the pages of an item share, whether it is there already or new."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import g, request

from congress.domain import allocation
from congress.domain.errors import Refused
from congress.domain.planning import binding
from congress.domain.planning.contributors import Contributor
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.scheduling import NotTheFirst
from congress.domain.programme import PersonState
from congress.formats.contribution_words import role_name
from congress.formats.typography import listed
from congress.queries import congresses, programme
from congress.queries.planning import concerns, contributors
from congress.queries.planning import scheduling as queries
from congress.queries.planning.scheduling import Offered
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.mode_words import ITEM_MODES
from congress.web.organiser import frame, item_reading, warning_words
from congress.web.organiser.change_words import usual_roles
from congress.web.organiser.item_form import ItemForm

MOST_IN_NOTICE = 3  # it travels in a cookie; the page that shows it has them all


def changes_rows(form: ItemForm) -> bool:
    """Add or take away a row of people if a button for that was pressed."""
    if "add" in request.form:
        form.add_person()
    elif "remove" in request.form:
        form.remove_person(request.form["remove"])
    else:
        return False
    return True


def wrong(form: ItemForm, refusal: Refused | None) -> Refused | list[tuple[str | None, str]]:
    """Return what the box of errors says; what is wrong with a binding stands at its field too."""
    if refusal is None:
        return form.errors
    fields = {
        NotTheFirst: form.same_as,
        binding.NotTheFirstOfSeveral: form.one_of,
        binding.NotToGoWith: form.only_with,
        binding.NeverTogether: form.only_with,
    }
    entry = fields.get(type(refusal))
    if entry is None:
        return refusal
    entry.errors.append(refusals.reason(refusal, access.workspace().zone))
    return form.errors


def remarks(code: str, plan: ItemPlan) -> list[str]:
    """Say what to know of an item that was just saved."""
    notes = [_("Please note: %(warning)s", warning=each) for each in warnings(code)]
    return [*_withheld(plan), *notes[:MOST_IN_NOTICE]]


def _withheld(plan: ItemPlan) -> list[str]:
    """Say whose names were entered and are not public yet."""
    names = [person.name for person in plan.people if person.is_withheld and person.name]
    if plan.cancelled or not names:
        return []
    sentence = ngettext(
        "%(names)s has been asked, and public pages say “N. N.” until you enter the acceptance.",
        "%(names)s have been asked, and public pages say “N. N.” until you enter their acceptance.",
        len(names),
        names=listed(names, languages.current()),
    )
    return [sentence]


def warnings(code: str) -> Sequence[str]:
    """Return what is wrong with an item."""
    found = concerns.of_congress(access.workspace().id)
    return [*warning_words.by_item(found).get(code, []), *_never_together(code)]


def asked(code: str) -> Mapping[str, Contributor]:
    """Return who is in a stored item, by the name that their row of the form has."""
    found = contributors.of_congress(access.workspace().id)
    return {each.name: each for each in found if any(part.code == code for part in each.parts)}


def fields(form: ItemForm, code: str = "") -> dict[str, Any]:
    """Return the form with all there is to choose from, for `organiser/_item_fields.html`.

    `code` is that of an item which is there already.
    """
    return {
        "form": form,
        "ticked_kinds": item_reading.TICKED_KINDS,
        **_bindings(code),
        "takes_wishes": _takes_wishes(code),
        "modes": _modes(),
        "days": day_choices(),
        "rooms": room_choices(),
        "roles": _roles(form),
        "person_states": [
            (PersonState.REQUESTED, _("asked, not named yet")),
            (PersonState.CONFIRMED, _("confirmed, named")),
            (PersonState.DECLINED, _("declined, left out")),
        ],
    }


def _takes_wishes(code: str) -> bool:
    """Return whether the places of an item are still to be given by wishes."""
    congress = congresses.with_content(access.workspace())
    items = programme.kept_items(congress)
    ranked = allocation.unassigned(items, congress.rules.allocation)
    return any(item.id in ranked for item in items if item.code == code)


def _modes() -> list[tuple[str, str]]:
    """Return how one can be in a workshop, where the event is hybrid."""
    is_hybrid = congresses.with_content(access.workspace()).rules.is_hybrid
    return [(mode, str(words)) for mode, words in ITEM_MODES.items()] if is_hybrid else []


def _bindings(code: str) -> dict[str, list[tuple[str, str]]]:
    """Return the workshops that another one can be bound to in each way.

    None for one that others are bound to themselves: there are no chains.
    """
    others = [each for each in _workshops() if each.code != code]

    def named(found: list[Offered]) -> list[tuple[str, str]]:
        return [(each.code, languages.short_name(each.named.number, each.named)) for each in found]

    def is_named(what: str) -> bool:
        return bool(code) and any(getattr(each, what) == code for each in others)

    first = [each for each in others if not each.same_as]
    free = [each for each in others if not each.one_of]
    unbound = [each for each in first if not each.only_with]
    return {
        "same_as": [] if is_named("same_as") else named(first),
        "one_of": [] if is_named("one_of") else named(free),
        "only_with": [] if is_named("only_with") else named(unbound),
    }


def _workshops() -> Sequence[Offered]:
    """Return what one can book, read once for a page."""
    if "offered" not in g:
        g.offered = queries.workshops(access.workspace().id)
    found: Sequence[Offered] = g.offered
    return found


def _never_together(code: str) -> list[str]:
    """Say of two that are bound and that nobody can have both any more, since one was moved."""
    workshops = {each.code: each for each in _workshops()}
    found = []
    for each in workshops.values():
        other = workshops.get(each.only_with)
        if other is not None and code in {each.code, other.code} and binding.excludes(each, other):
            names = (languages.short_name(one.named.number, one.named) for one in (each, other))
            found.append(
                _(
                    "“%(one)s” is bound to “%(other)s”, and no one can have both: they are at the "
                    "same time, or only one of the two can be chosen.",
                    **dict(zip(("one", "other"), names, strict=True)),
                )
            )
    return found


def day_choices() -> list[tuple[str, str]]:
    """Return the days of the congress as a form offers them."""
    return [(day.isoformat(), frame.dates().day(day)) for day in days()]


def room_choices() -> list[tuple[str, str]]:
    """Return the rooms of the congress as a form offers them."""
    return [
        (room.code, _room_name(languages.text(room.name), room.seats))
        for room in queries.rooms(access.workspace().id)
    ]


def days() -> Sequence[date]:
    """Return the days of the congress."""
    congress = congresses.with_content(access.workspace())
    return [day.starts_at.astimezone(congress.zone).date() for day in congress.days]


def _room_name(name: str, seats: int | None) -> str:
    return _("%(room)s (%(number)d seats)", room=name, number=seats) if seats else name


def _roles(form: ItemForm) -> list[tuple[str, str]]:
    """The usual roles, and whatever other name is in use."""
    usual = usual_roles()
    others = {row.role.value for row in form.people} - {*usual, ""}
    own = ((role, role_name(role, languages.current())) for role in sorted(others))
    return [*usual.items(), *own]
