"""What came of somebody's wishes when places were given, and why, in words that are true later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress import clock
from congress.domain import allocation, ranking
from congress.domain.assignment.explaining import Why
from congress.domain.assignment.problem import KEPT, Fixed
from congress.domain.congresses import CongressState
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import NO_PLACE, Wishes
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
    Why.CLASH: _("It did not go with something else that you had a place or a part in."),
    Why.ALONE: _("It is only open together with another one that you do not have."),
    Why.ORGANISATION: _("As many people of your organisation as are allowed have a place there."),
    Why.GROUP: _("What your group wished for, to be together or apart, would not have been kept."),
    Why.TAKEN: _(
        "The place that you had there went to somebody whom the organisers placed there or who has "
        "a part in it."
    ),
    Why.NEEDED: _("Others have come in there, so not everyone who had a place could keep it."),
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
    nothing = {"outcomes": [], "lot": "", "has_wished": False}
    slots = allocation.assigned(own.items)
    if not slots:
        return nothing
    mine = _by_choice(slots, queries.of_person(own.registration.id))
    if not mine:
        return nothing
    wished = ranking.by_choice(slots, own.registration.standing.wishes)
    outcomes = [_in_words(own, slot, each, wished.get(slot.key, NO_PLACE)) for slot, each in mine]
    return {
        "outcomes": outcomes,
        "lot": _lots([outcome for _slot, outcome in mine]),
        "has_wished": any(each.wants_place for each in wished.values()),
    }


def _lots(outcomes: Sequence[Outcome]) -> str:
    """Say what lots did; of two runs, or of two registrations that became one, there are several.

    Else the number would not be that of each reason.
    """
    lots, seed = [languages.number(each.lot) for each in outcomes], outcomes[0].seed
    if len(set(lots)) == 1:
        return gettext(
            "Lots decided only between what was otherwise equal; there, lower numbers went first. "
            "Your lot number is %(lot)s. All lots were drawn from the number %(seed)s, which was "
            "set before anyone had ranked a wish.",
            lot=lots[0],
            seed=seed,
        )
    return gettext(
        "Lots decided only between what was otherwise equal; there, lower numbers went first. Your "
        "lot numbers for these times, in this order, are %(lots)s. All lots were drawn from the "
        "number %(seed)s, which was set before anyone had ranked a wish.",
        lots=", ".join(lots),
        seed=seed,
    )


def _by_choice(slots: Sequence[Slot], found: Iterable[Outcome]) -> list[tuple[Slot, Outcome]]:
    """Return the newest outcome of each choice, wherever its workshops have been moved since."""
    newest: dict[int, Outcome] = {}
    for outcome in found:
        slot = allocation.where_now(slots, outcome.workshops)
        if slot is not None:
            newest.setdefault(slot.key, outcome)
    return [(slot, newest[slot.key]) for slot in slots if slot.key in newest]


def _in_words(own: Opened, slot: Slot, outcome: Outcome, wished: Wishes) -> OutcomeWords:
    dates = languages.dates(own.congress.zone)
    items = {item.id: item for item in own.items}
    when = dates.range(slot.time)
    if len(own.congress.days) > 1:
        when = f"{dates.day(slot.time.starts_at)}, {when}"
    result = _result(outcome, items.get(outcome.item or 0), dates.day(outcome.released_at))
    return OutcomeWords(
        id=slot.key,
        when=when,
        result=" ".join(filter(None, (result, _passed_over(outcome, wished)))),
        wishes=()
        if outcome.is_ruled_out
        else tuple(
            " ".join(filter(None, _reason(each, items[each["item"]], own)))
            for each in outcome.reasons
            if each["item"] in items
        ),
        since=" ".join(filter(None, (_since(own, slot, outcome), _still_free(own, slot)))),
    )


def _result(outcome: Outcome, item: ProgrammeItem | None, day: str) -> str:
    """Return what the assignment gave, on the day on which it did."""
    if item is None:
        return _nothing(outcome, day)
    facts = {"day": day, "workshop": languages.item_name(item), "wish": outcome.rank}
    if outcome.how in KEPT:
        return gettext("You kept your place in “%(workshop)s”.", **facts)
    if outcome.how == Fixed.ROLE:
        return gettext(
            "On %(day)s you were given a place in “%(workshop)s”, as you have a part in it.",
            **facts,
        )
    if outcome.how == Fixed.BY_HAND:
        return _by_hand(outcome, facts)
    return _by_wish(outcome, facts)


def _nothing(outcome: Outcome, day: str) -> str:
    if outcome.item is None and not outcome.reasons:  # without a wish: it was taken by hand
        return gettext(
            "On %(day)s the organisers took back the place that you had at this time.", day=day
        )
    if outcome.is_ruled_out:
        return gettext(
            "On %(day)s the organisers decided that you get nothing of what you wished for at this "
            "time.",
            day=day,
        )
    return gettext("On %(day)s none of your wishes for this time could be met.", day=day)


def _by_wish(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if not outcome.any_other:
        return gettext(
            "On %(day)s you were given a place in “%(workshop)s”, your wish number %(wish)s.",
            **facts,
        )
    if outcome.rank == 1:
        return gettext(
            "On %(day)s you were given a place in “%(workshop)s”: anything was fine with you.",
            **facts,
        )
    return gettext(
        "On %(day)s you were given a place in “%(workshop)s”, one of the others that are also fine "
        "with you.",
        **facts,
    )


def _by_hand(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if outcome.rank is None or outcome.any_other:
        return gettext("On %(day)s the organisers gave you a place in “%(workshop)s”.", **facts)
    return gettext(
        "On %(day)s the organisers gave you a place in “%(workshop)s”, your wish number %(wish)s.",
        **facts,
    )


def _passed_over(outcome: Outcome, wished: Wishes) -> str:
    """Say why wishes did not count at all, where somebody has a place in any case."""
    if outcome.item is None or outcome.reasons or outcome.rank == 1 or not wished.wants_place:
        return ""
    if outcome.how in {Fixed.BY_HAND, Fixed.HELD}:
        return gettext(
            "The organisers decided your place at this time, so your wishes for it did not count."
        )
    if outcome.how == Fixed.ROLE:
        return gettext("So your wishes for this time did not count.")
    return gettext("It was yours in any case, so your wishes for this time did not count.")


def _reason(reason: Mapping[str, Any], item: ProgrammeItem, own: Opened) -> tuple[str, ...]:
    """Return why a wish did not come true, with how many people wished for it most of all."""
    return _wish(reason, item), _asked(reason), _given_before(reason), _why(reason, own)


def _wish(reason: Mapping[str, Any], item: ProgrammeItem) -> str:
    name = languages.number_name(item)
    if reason.get("any_other"):
        return gettext("%(workshop)s, which is also fine with you:", workshop=name)
    return gettext("%(workshop)s, your wish number %(wish)s:", workshop=name, wish=reason["rank"])


def _asked(reason: Mapping[str, Any]) -> str:
    first = ngettext("%(num)s first wish", "%(num)s first wishes", reason["first"])
    if reason["places"] is None:
        return gettext("%(first)s.", first=first)
    places = ngettext("%(num)s place", "%(num)s places", reason["places"])
    return gettext("%(first)s for %(places)s.", first=first, places=places)


def _given_before(reason: Mapping[str, Any]) -> str:
    """Say how many places were no longer to be had by wishes."""
    if not reason["fixed"] or reason["places"] is None:
        return ""
    return ngettext(
        "%(num)s of them had been given before: to somebody with a part in it, by the organisers, "
        "or to somebody who had it already.",
        "%(num)s of them had been given before: to people with a part in it, by the organisers, or "
        "to people who had one already.",
        reason["fixed"],
    )


def _why(reason: Mapping[str, Any], own: Opened) -> str:
    why = Why(reason["why"])
    if why is Why.CLASH:
        return _clash(reason.get("other"), own)
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


def _clash(item_id: int | None, own: Opened) -> str:
    """Say with what a workshop does not go, as far as that is known and still in the programme."""
    if (held := _held(item_id, own)) is not None:
        return gettext(
            "It does not go with “%(workshop)s”, in which you have a place.",
            workshop=languages.item_name(held),
        )
    other = next((item for item in own.items if item.id == item_id), None)
    if other is None:
        return str(WHY[Why.CLASH])
    return gettext(
        "It did not go with “%(workshop)s”, in which you had a place or a part.",
        workshop=languages.item_name(other),
    )


def _held(item_id: int | None, own: Opened) -> ProgrammeItem | None:
    """Return an item if somebody has a place in it by now."""
    bookings = own.registration.standing.bookings
    held = (each.item for each in bookings if each.state is BookingState.CONFIRMED)
    return next((item for item in held if item.id == item_id), None)


def _since(own: Opened, slot: Slot, outcome: Outcome) -> str:
    """Say that somebody has something else of that time by now, or nothing, where that is so."""
    among = {item.id: item for item in slot.workshops}
    confirmed = (each.item for each in own.registration.standing.confirmed)
    has = {item.id for item in confirmed if item.id in among and not item.face.cancelled}
    if has == ({outcome.item} - {None}):
        return ""
    if has:
        return gettext("That has changed since: what you have now stands further up on this page.")
    got = among.get(outcome.item or 0)
    if got and got.face.cancelled:
        return gettext("It has been called off since.")
    return gettext("That has changed since: you have no place at this time now.")


def _still_free(own: Opened, slot: Slot) -> str:
    """Say to whoever has nothing at that time that there is something to choose."""
    person, period = own.registration.standing, own.congress.period
    takes_place = own.congress.state is CongressState.PUBLISHED
    if not takes_place or clock.now() >= period.changes_close_for(person.chooses_until):
        return ""
    if slot not in person.without_place([slot]):
        return ""
    if not any(item.places.has_free_place for item in slot.offered):
        return ""
    return gettext(
        "At this time there is still something free, which you can choose under “Make changes”."
    )
