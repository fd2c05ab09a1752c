"""What stands in the way of a form as a whole: a robot filled it in, or it comes too late."""

from collections.abc import Mapping
from typing import NamedTuple

from congress.web.languages import gettext as _
from congress.web.registration.form_tokens import Age, FormToken

TRAP = "homepage"  # hidden from people; robots fill it in


class Obstacle(NamedTuple):
    """What stands in the way of a whole form: what it is, and what to do."""

    heading: str
    advice: str


def obstacles_of(token: FormToken, posted: Mapping[str, str]) -> list[Obstacle]:
    """Return what stands in the way of a form whatever it says: filled in by a robot, or late."""
    found = []
    once_more = _("Please submit the form again")
    if posted.get(TRAP):
        filled = _(
            "A hidden field was filled in, perhaps by a program that completes forms "
            "for you. It has been emptied again."
        )
        found.append(Obstacle(once_more, filled))
    if token.age is Age.TOO_YOUNG:
        busy = _(
            "A great many forms are coming in at the moment, so this one has not been accepted yet."
        )
        found.append(Obstacle(once_more, busy))
    elif token.age is Age.TOO_OLD:
        heading = _("The form was open for more than a day")
        stale = _("Places may have changed. Please check your choice and submit the form again.")
        found.append(Obstacle(heading, stale))
    elif token.age is Age.UNKNOWN:
        cut = _("Part of it did not arrive. Please check your entries.")
        found.append(Obstacle(once_more, cut))
    return found


def no_longer_ranked() -> Obstacle:
    """Return what stands in the way of wishes that come too late."""
    advice = _(
        "The day for them is over, or the places have been assigned. Please check what there is "
        "to choose now, and submit the form again."
    )
    return Obstacle(_("Wishes can no longer be ranked there"), advice)
