"""In which order people move up from a waiting list, to somebody who stands in it."""

from congress.domain.congresses import Congress
from congress.domain.standing import Standing
from congress.web.languages import gettext as _
from congress.web.registration.cards import people_ahead


def who_first(standing: Standing, congress: Congress) -> list[str]:
    """Name the priority groups that move up before somebody; nothing where there are none."""
    first = congress.rules.priority_groups.ahead_of(standing.priority)
    words = _(
        "These priority groups move up before you, also people who join them later: %(names)s.",
        names=", ".join(first),
    )
    return [words] if first else []


def order(position: int, standing: Standing, congress: Congress) -> str:
    """Return who moves up before somebody at a position (from 1), and how many that are."""
    groups, ahead = congress.rules.priority_groups, people_ahead(position - 1)
    if not groups.names:
        return _("People move up in order: %(ahead)s.", ahead=ahead)
    if first := groups.ahead_of(standing.priority):
        return _(
            "These priority groups move up first: %(names)s. Within one they do so in "
            "order: %(ahead)s. Whoever joins one of them later is ahead of you as well.",
            names=", ".join(first),
            ahead=ahead,
        )
    return _(
        "You are in the priority group “%(name)s”, which moves up first, in order: %(ahead)s.",
        name=groups.name_of(standing.priority),
        ahead=ahead,
    )
