"""What is said to whoever waits for a congress: in its queue, or on a reserve list in it."""

from congress.domain.congresses import Congress
from congress.domain.standing import Standing
from congress.domain.workshops import Places
from congress.web.languages import gettext as _
from congress.web.mode_words import IN_SENTENCES
from congress.web.registration.bookings import queue_state
from congress.web.registration.cards import State, people_ahead
from congress.web.registration.order_words import order, who_first


def lead(standing: Standing, congress: Congress) -> str:
    """Return where somebody stands, in two sentences."""
    if standing.on_reserve is not None:
        return _(
            "The places for your organisation are taken. When one becomes available, it goes to "
            "the next person on its reserve list, and we will email you straight away."
        )
    if _is_of_too_many(standing, congress):
        return _("There is no place for you yet. When there is, we will email you straight away.")
    if congress.rules.is_hybrid:
        return _(
            "All places %(mode)s are taken. When one becomes available, it goes to the next person "
            "in line, and we will email you straight away.",
            mode=IN_SENTENCES[standing.mode],
        )
    if congress.rules.quota:  # whoever registered may have waited for that before
        return _(
            "All places are taken. When one becomes available, it goes to the next person in "
            "line, and we will email you straight away."
        )
    return _(
        "All places were taken when you registered. When one becomes available, "
        "it goes to the next person in line, and we will email you straight away."
    )


def place(standing: Standing, places: Places) -> State:
    """Return the mark of where somebody waits for the congress."""
    if standing.on_reserve is not None:
        return "wait", _(
            "Reserve list of your organisation, place %(position)d",
            position=standing.on_reserve.position,
        )
    return queue_state(standing.position or 1, places.waiting)


def why(standing: Standing, congress: Congress) -> str:
    """Return why somebody waits, and how many are ahead."""
    if standing.on_reserve is not None:
        said = _(
            "As many people of your organisation have a place as can come from one: %(places)d. "
            "On its reserve list %(ahead)s.",
            places=standing.on_reserve.places,
            ahead=people_ahead(standing.on_reserve.position - 1),
        )
        return " ".join([said, *who_first(standing, congress)])
    if _is_of_too_many(standing, congress):
        taken = _("There is no place for you yet.")
    elif congress.rules.is_hybrid:
        taken = _("All places %(mode)s are taken.", mode=IN_SENTENCES[standing.mode])
    elif congress.rules.quota:
        taken = _("All places at the event are taken.")
    else:
        taken = _("All places were taken when you registered.")
    return f"{taken} {order(standing.position or 1, standing, congress)}"


def what_next(standing: Standing, congress: Congress) -> str:
    """Return what happens when a place becomes available."""
    to_do = what_to_do(congress)
    if standing.on_reserve is not None:
        return " ".join(
            [
                _(
                    "If someone of your organisation cancels and the event has a free place, "
                    "people on its reserve list move up in order, and we will email you."
                ),
                to_do,
            ]
        )
    if congress.rules.offer_hours:
        return " ".join([_("If a place becomes available, we will email you."), to_do])
    return " ".join([_("If a place becomes available, it is yours and we will email you."), to_do])


def what_to_do(congress: Congress) -> str:
    """Return what somebody who waits has to do once a place becomes available."""
    if congress.rules.offer_hours:
        return _("Please accept it by the time given there, otherwise it goes to the next person.")
    return _("You do not need to do anything.")


def over(standing: Standing) -> str:
    """Return what is said once the congress is over."""
    if standing.on_reserve is not None:
        return _(
            "You were on the reserve list of your organisation, and no place became available."
        )
    return _("You were on the waiting list, and no place became available.")


def _is_of_too_many(standing: Standing, congress: Congress) -> bool:
    """Return whether somebody waits beside a free place: with a group that comes only together."""
    return congress.places_in(standing.mode).is_free
