"""What the kinds of programme items are called, in pages, letters, calendars and tables alike."""

from congress.domain.programme import ItemKind
from congress.formats.catalogue import catalogue


def kind_name(kind: ItemKind, language: str) -> str:
    """Return the name of a kind, as in "Evening event"."""
    _ = catalogue(language).gettext
    names = {
        ItemKind.PLENARY: _("Plenary session"),
        ItemKind.TALK: _("Talk"),
        ItemKind.PRACTICE_EXAMPLE: _("Case study"),
        ItemKind.WORKSHOP: _("Workshop"),
        ItemKind.PANEL: _("Panel discussion"),
        ItemKind.BREAK: _("Break"),
        ItemKind.DAY: _("Day"),
        ItemKind.EVENING: _("Evening event"),
        ItemKind.MEAL: _("Meal"),
        ItemKind.PEER_EXCHANGE: _("Peer exchange"),
        ItemKind.EXPERT_INPUT: _("Expert input"),
        ItemKind.STATE_NEWS: _("Information from the state level"),
        ItemKind.PLACEMENT: _("Placement"),
    }
    return names[kind]


def choice_name(language: str) -> str:
    """Return what something of whichever kind is called that people choose."""
    return catalogue(language).gettext("Selection")


def numbered(kind: ItemKind, number: int, language: str) -> str:
    """Return "Workshop 3", as people speak of it."""
    _ = catalogue(language).gettext
    if kind is ItemKind.WORKSHOP:
        return _("Workshop {number}").format(number=number)
    return f"{kind_name(kind, language)} {number}"
