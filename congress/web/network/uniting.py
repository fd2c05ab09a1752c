"""Two entries of one organisation side by side, and made one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.uniting import Side, differing, mark_of
from congress.queries.network import register
from congress.queries.network.uniting import counts
from congress.services.network import uniting
from congress.web import access, refusals
from congress.web.entries import Entry, read_id, read_line
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.network import register_words as words
from congress.web.network.frame import done, page, today, zone
from congress.web.network.organisation_form import LONGEST_NAME
from congress.web.network.organisations import ADDRESS

REFUSED, LATE = 422, 409


@dataclass(frozen=True)
class Row:
    """What both say of one thing, and whether one can choose."""

    name: str
    label: str
    said: tuple[str, str]
    can_be_chosen: bool


def merge_organisations(organisation_id: int) -> ResponseReturnValue:
    """Ask for the other entry, show both side by side, and make them one."""
    here = _get(organisation_id)
    entry = Entry("with", _("The other entry"), required=True)
    if not request.values.get("with"):
        return _ask(here, entry)
    typed = read_line(entry, request.values["with"], most=LONGEST_NAME)
    found = register.find_named(typed) if not entry.errors else None
    if found is None or found.id == here.id:
        entry.errors.append(_not_found(typed, is_itself=found is not None))
        return _ask(here, entry), REFUSED
    other = _get(found.id)
    if request.method == "GET":
        return _show(here, other, {})
    kept, gone = here, other
    if read_id(request.form.get("keep", "")) == other.id:
        kept, gone = other, here
    chosen = {
        name: read_id(request.form.get(f"of-{name}", "")) or 0 for name in differing(here, other)
    }
    try:
        uniting.unite(
            kept.id,
            gone.id,
            [name for name, side in chosen.items() if side == gone.id],
            seen=request.form.get("seen", ""),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(_get(here.id), _get(other.id), chosen | {"keep": kept.id}, refusal), LATE
    return done(
        _("The two entries are one now. Everything of the other one has moved here."),
        f"/organisations/{kept.id}",
    )


def _not_found(typed: str, *, is_itself: bool) -> str:
    if is_itself:
        return _("This is the same entry. Please enter the other one.")
    return _(
        "The register has no organisation “%(name)s”. Please enter its name or official key.",
        name=typed,
    )


def _get(organisation_id: int) -> Side:
    found = register.find(organisation_id, day=today()) or abort(404)
    return Side(found.id, found.facts)


def _ask(here: Side, entry: Entry) -> str:
    return page(
        "merge_organisations.html",
        current="organisations",
        base=ADDRESS,
        here=here,
        entry=entry,
        other=None,
        **refusals.box([(entry.id, each) for each in entry.errors], zone()),
    )


def _show(
    here: Side, other: Side, chosen: Mapping[str, int], refusal: Refused | None = None
) -> str:
    return page(
        "merge_organisations.html",
        current="organisations",
        base=ADDRESS,
        here=here,
        other=other,
        sides=(here, other),
        rows=_rows(here, other),
        chosen=chosen,
        hanging=[_hanging(each) for each in (here, other)],
        seen=mark_of(here, other),
        **refusals.box(refusal or [], zone()),
    )


def _rows(here: Side, other: Side) -> list[Row]:
    names = register.names_of(
        each.facts.successor_id for each in (here, other) if each.facts.successor_id
    )
    chosen = differing(here, other)
    found = []
    for name, label in words.FIELDS.items():
        one, two = (getattr(each.facts, name) for each in (here, other))
        if name != "suggested" and not (one in {None, ""} and two in {None, ""}):
            said = (words.shown(name, one, names), words.shown(name, two, names))
            found.append(Row(name, str(label), said, name in chosen))
    return found


def _hanging(side: Side) -> list[str]:
    """Say what hangs on an entry."""
    many = Counter(counts(side.id))
    records, people = many.pop("memberships", 0), many.pop("contact_persons", 0)
    registrations, events = many.pop("registrations", 0), many.pop("congress_organisations", 0)
    further = many.total()
    said = [
        (
            records,
            ngettext("%(num)d record of membership", "%(num)d records of membership", records),
        ),
        (
            people,
            ngettext(
                "%(num)d contact person or deputy", "%(num)d contact persons and deputies", people
            ),
        ),
        (registrations, ngettext("%(num)d registration", "%(num)d registrations", registrations)),
        (events, ngettext("named at %(num)d event", "named at %(num)d events", events)),
        (further, ngettext("%(num)d further entry", "%(num)d further entries", further)),
    ]
    return [words for count, words in said if count]
