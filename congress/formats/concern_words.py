"""What organisers are warned of, in words: for pages, and for whoever imports a file."""

from congress.domain.planning.concerns import Cause, Concern, Spot
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import short_name
from congress.domain.texts import in_language
from congress.formats.catalogue import catalogue

PAIR = 2


def summed_up(concern: Concern, language: str) -> str:
    """Return one sentence about all that a concern is about, with an example."""
    if concern.cause is Cause.NO_LINK:
        return catalogue(language).gettext(
            "People can take part online, but there is no online link: neither under “Settings” "
            "nor at any item. Please enter it as soon as you have it."
        )
    first = concern.spots[0]
    room = in_language(concern.room.name, language) if concern.room else ""
    one = _name(first.item, language)
    if first.other is not None:
        other = _name(first.other, language)
        name = room or concern.person
        return taken_twice(concern.cause, name, (one, other), len(concern.spots), language)
    if concern.cause is Cause.SEATS:
        return _short_of_seats(concern, room, one, language)
    if concern.cause is Cause.MINIMUM:
        return _unreachable(concern, one, language)
    if concern.cause is Cause.NOBODY_THERE:
        return _nobody_there(one, len(concern.spots), language)
    return _outside(one, len(concern.spots), language)


def taken_twice(
    cause: Cause, name: str, example: tuple[str, str], number: int, language: str
) -> str:
    """Return that so many items want a room, or a person, at the same time."""
    _ = catalogue(language).gettext
    if cause is Cause.ROOM and number == PAIR:
        words = _("%(name)s is double-booked: “%(one)s” and “%(other)s” overlap.")
    elif cause is Cause.ROOM:
        words = _(
            "%(name)s is double-booked: %(number)s items overlap, for example “%(one)s” and "
            "“%(other)s”."
        )
    elif number == PAIR:
        words = _("%(name)s takes part in items that overlap: “%(one)s” and “%(other)s”.")
    else:
        words = _(
            "%(name)s takes part in items that overlap: %(number)s of them, for example "
            "“%(one)s” and “%(other)s”."
        )
    one, other = example
    return words % {"name": name, "one": one, "other": other, "number": number}


def at_item(concern: Concern, spot: Spot, language: str) -> str:
    """Return what concerns one item, beside that item."""
    _ = catalogue(language).gettext
    if spot.other is not None:
        return _in_the_way(concern, _name(spot.other, language), spot.others, language)
    if concern.cause is Cause.SEATS and concern.room is not None:
        return _("There are more places than seats in the room (%(seats)s).") % {
            "seats": concern.room.seats
        }
    if concern.cause is Cause.MINIMUM:
        return _("It needs more people (%(minimum)s) than it has places (%(places)s).") % {
            "minimum": spot.item.minimum,
            "places": spot.item.places,
        }
    if concern.cause is Cause.NOBODY_THERE:
        return _("People only take part in this online, but it is in a room.")
    return _("This is outside the days of the event.")


def _name(item: ItemPlan, language: str) -> str:
    return short_name(item.number, item, language)


def _in_the_way(concern: Concern, other: str, others: int, language: str) -> str:
    words = catalogue(language)
    _, ngettext = words.gettext, words.ngettext
    facts = {"other": other, "person": concern.person, "num": others - 1}
    if concern.cause is Cause.ROOM and others == 1:
        found = _("Room double-booked: “%(other)s” is there at the same time.")
    elif concern.cause is Cause.ROOM:
        found = ngettext(
            "Room double-booked: “%(other)s” and %(num)d other item are there at the same time.",
            "Room double-booked: “%(other)s” and %(num)d other items are there at the same time.",
            others - 1,
        )
    elif others == 1:
        found = _("%(person)s also takes part in “%(other)s” at the same time.")
    else:
        found = ngettext(
            "%(person)s also takes part in “%(other)s” and %(num)d other item at the same time.",
            "%(person)s also takes part in “%(other)s” and %(num)d other items at the same time.",
            others - 1,
        )
    return found % facts


def _short_of_seats(concern: Concern, room: str, example: str, language: str) -> str:
    _ = catalogue(language).gettext
    number = len(concern.spots)
    if number == 1:
        words = _("“%(one)s” has %(places)s places, but %(room)s has only %(seats)s seats.")
    else:
        words = _(
            "%(number)s items have more places than %(room)s has seats (%(seats)s), for example "
            "“%(one)s” (%(places)s)."
        )
    return words % {
        "one": example,
        "places": concern.spots[0].item.places,
        "room": room,
        "seats": concern.room.seats if concern.room else None,
        "number": number,
    }


def _outside(example: str, number: int, language: str) -> str:
    _ = catalogue(language).gettext
    if number == 1:
        words = _("“%(one)s” is outside the days of the event.")
    else:
        words = _("%(number)s items are outside the days of the event, for example “%(one)s”.")
    return words % {"one": example, "number": number}


def _nobody_there(example: str, number: int, language: str) -> str:
    _ = catalogue(language).gettext
    if number == 1:
        words = _("People only take part in “%(one)s” online, but it is in a room.")
    else:
        words = _(
            "People only take part in %(number)s items online, but they are in rooms, for example "
            "“%(one)s”."
        )
    return words % {"one": example, "number": number}


def _unreachable(concern: Concern, example: str, language: str) -> str:
    _ = catalogue(language).gettext
    number, first = len(concern.spots), concern.spots[0].item
    if number == 1:
        words = _("“%(one)s” needs at least %(minimum)s people, but has only %(places)s places.")
    else:
        words = _(
            "%(number)s items need more people than they have places, for example “%(one)s” "
            "(at least %(minimum)s, %(places)s places)."
        )
    stated = {"one": example, "minimum": first.minimum, "places": first.places}
    return words % (stated | {"number": number})
