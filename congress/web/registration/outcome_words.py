"""What came of somebody's wishes when places were given, and why, in words that are true later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import allocation
from congress.domain.assignment.explaining import Why
from congress.domain.assignment.problem import Fixed
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.domain.slots import Slot
from congress.queries import assignment_results as queries
from congress.queries.assignment_results import Outcome
from congress.queries.registrations import Opened
from congress.web import languages
from congress.web.languages import gettext, ngettext

WHY: Mapping[Why, LazyString] = {
    Why.BY_HAND: _("The organisers decided that you do not get a place there."),
    Why.MODE: _("It cannot be attended in the way you take part."),
    Why.CLASH: _("It does not go with what you have at another time."),
    Why.ALONE: _("It is only open together with another one that you do not have."),
    Why.ORGANISATION: _("As many people of your organisation as are allowed have a place there."),
    Why.GROUP: _("What your group wished for, to be together or apart, would not have been kept."),
    Why.FULL: _(
        "No swap with one person there would have been possible without making the result worse "
        "for everyone together."
    ),
    Why.MINIMUM: _("Without you another workshop would have had too few people to take place."),
    Why.KEPT: _("You kept the place you had, as little as possible was to change."),
    Why.TIME: _("The calculation was ended before every possibility had been tried."),
}


@dataclass(frozen=True)
class OutcomeWords:
    """What came of the wishes for one time: the result, each wish above it, what is since then."""

    id: int
    when: str
    result: str
    wishes: tuple[str, ...]
    since: str


def of_own_page(own: Opened) -> dict[str, Any]:
    """Return what the page of a registration explains; nothing before places were given."""
    nothing = {"outcomes": [], "lot": ""}
    slots = allocation.assigned(own.items)
    if not slots:
        return nothing
    mine = _by_choice(slots, queries.of_person(own.registration.id))
    if not mine:
        return nothing
    outcome = mine[0][1]
    lot = gettext(
        "Where all else was equal, lots decided. Your lot number is %(lot)s. All lots were drawn "
        "from the number %(seed)s, which was set before anyone had ranked a wish.",
        lot=languages.number(outcome.lot),
        seed=outcome.seed,
    )
    return {"outcomes": [_in_words(own, *each) for each in mine], "lot": lot}


def _by_choice(slots: Sequence[Slot], found: Iterable[Outcome]) -> list[tuple[Slot, Outcome]]:
    """Return the newest outcome of each choice, wherever its workshops have been moved since."""
    newest: dict[int, Outcome] = {}
    for outcome in found:
        slot = allocation.where_now(slots, outcome.workshops)
        if slot is not None:
            newest.setdefault(slot.key, outcome)
    return [(slot, newest[slot.key]) for slot in slots if slot.key in newest]


def _in_words(own: Opened, slot: Slot, outcome: Outcome) -> OutcomeWords:
    dates = languages.dates(own.congress.zone)
    items = {item.id: item for item in own.items}
    when = dates.range(slot.time)
    if len(own.congress.days) > 1:
        when = f"{dates.day(slot.time.starts_at)}, {when}"
    day = dates.day(outcome.released_at)
    return OutcomeWords(
        id=slot.key,
        when=when,
        result=_result(outcome, items.get(outcome.item or 0), day),
        wishes=tuple(
            _reason(each, items[each["item"]]) for each in outcome.reasons if each["item"] in items
        ),
        since=_since(own, slot, outcome),
    )


def _result(outcome: Outcome, item: ProgrammeItem | None, day: str) -> str:
    """Return what the assignment gave, on the day on which it did."""
    if outcome.item is None and not outcome.reasons:  # without a wish: it was taken by hand
        return gettext(
            "On %(day)s the organisers took back the place that you had at this time.", day=day
        )
    if item is None:
        return gettext("On %(day)s none of your wishes for this time could be met.", day=day)
    name = languages.item_name(item)
    if outcome.how == Fixed.BOOKED:
        return gettext("You kept your place in “%(workshop)s”.", workshop=name)
    if outcome.rank is not None:
        return gettext(
            "On %(day)s you were given a place in “%(workshop)s”, your wish number %(wish)s.",
            day=day,
            workshop=name,
            wish=outcome.rank,
        )
    if outcome.how == Fixed.ROLE:
        return gettext(
            "On %(day)s you were given a place in “%(workshop)s”, as you have a part in it.",
            day=day,
            workshop=name,
        )
    return gettext(
        "On %(day)s the organisers gave you a place in “%(workshop)s”.", day=day, workshop=name
    )


def _reason(reason: Mapping[str, Any], item: ProgrammeItem) -> str:
    """Return why a wish did not come true, with how many people wished for it most of all."""
    facts = {"workshop": languages.number_name(item), "wish": reason["rank"]}
    facts["first"] = ngettext("%(num)s first wish", "%(num)s first wishes", reason["first"])
    if reason["places"] is None:
        asked = gettext("%(workshop)s, your wish number %(wish)s: %(first)s.", **facts)
    else:
        facts["places"] = ngettext("%(num)s place", "%(num)s places", reason["places"])
        asked = gettext(
            "%(workshop)s, your wish number %(wish)s: %(first)s for %(places)s.", **facts
        )
    return " ".join(filter(None, (asked, _given_before(reason), _why(reason))))


def _given_before(reason: Mapping[str, Any]) -> str:
    """Say how many places were no longer to be had by wishes."""
    if not reason["fixed"] or reason["places"] is None:
        return ""
    return ngettext(
        "%(num)s of them had been given before, to people with a part in it or by the organisers.",
        "%(num)s of them had been given before, to people with a part in it or by the organisers.",
        reason["fixed"],
    )


def _why(reason: Mapping[str, Any]) -> str:
    why = Why(reason["why"])
    if why is Why.FULL_LOT:
        lot = languages.number(reason["lot"])
        return gettext("Between equal wishes the lot decided; your lot number is %(lot)s.", lot=lot)
    if why is Why.FULL and reason["fixed"] and reason["fixed"] >= reason["places"]:
        return ""  # there was none for anybody's wish
    if why is Why.FULL and reason["fixed"]:
        return gettext(
            "No swap with one person who was given one of the others by wish would have been "
            "possible without making the result worse for everyone together."
        )
    return str(WHY[why])


def _since(own: Opened, slot: Slot, outcome: Outcome) -> str:
    """Say that somebody has something else of that time by now, where that is so."""
    among = {item.id for item in slot.workshops}
    bookings = own.registration.standing.bookings
    has = {each.item.id for each in bookings if each.state is BookingState.CONFIRMED} & among
    if has == ({outcome.item} - {None}):
        return ""
    return gettext("That has changed since: what you have now stands further up on this page.")
