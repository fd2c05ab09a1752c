"""The words for one thing done with several people: asked, done, and what comes of it for each."""

from collections.abc import Callable
from typing import NamedTuple

from congress.domain.selection import Act, Acting, Outcome, WhenFull
from congress.web.languages import gettext as _
from congress.web.languages import ngettext

Counted = Callable[[int, str], str]  # of so many people, and the workshop that it is about


class Words(NamedTuple):
    """What is asked before an act, and what is said once it is done."""

    question: Counted
    done: Counted


def heading(acting: Acting | None, workshop: str, many: int) -> str:
    """Return what is asked before it is done."""
    return _words(acting).question(many, workshop)


def done(acting: Acting | None, workshop: str, many: int) -> str:
    """Return what was done."""
    return _words(acting).done(many, workshop)


def _words(acting: Acting | None) -> Words:
    return WORDS[acting.act if acting else Act.ADMIT]


def _let_move_up(many: int, workshop: str) -> str:
    if workshop:
        return ngettext(
            "Let %(num)d person move up in “%(workshop)s”?",
            "Let %(num)d people move up in “%(workshop)s”?",
            many,
            workshop=workshop,
        )
    return ngettext("Let %(num)d person move up?", "Let %(num)d people move up?", many)


WORDS: dict[Act, Words] = {
    Act.CANCEL: Words(
        lambda many, _workshop: ngettext(
            "Cancel %(num)d registration?", "Cancel %(num)d registrations?", many
        ),
        lambda many, _workshop: ngettext(
            "%(num)d registration is cancelled.", "%(num)d registrations are cancelled.", many
        ),
    ),
    Act.GIVE: Words(
        lambda many, workshop: ngettext(
            "Give %(num)d person a place in “%(workshop)s”?",
            "Give %(num)d people a place in “%(workshop)s”?",
            many,
            workshop=workshop,
        ),
        lambda many, workshop: ngettext(
            "“%(workshop)s”: %(num)d person has a place there or waits for one now.",
            "“%(workshop)s”: %(num)d people have a place there or wait for one now.",
            many,
            workshop=workshop,
        ),
    ),
    Act.TAKE: Words(
        lambda many, workshop: ngettext(
            "Take %(num)d person out of “%(workshop)s”?",
            "Take %(num)d people out of “%(workshop)s”?",
            many,
            workshop=workshop,
        ),
        lambda many, workshop: ngettext(
            "%(num)d person was taken out of “%(workshop)s”.",
            "%(num)d people were taken out of “%(workshop)s”.",
            many,
            workshop=workshop,
        ),
    ),
    Act.ADMIT: Words(
        _let_move_up,
        lambda many, _workshop: ngettext(
            "%(num)d person has moved up.", "%(num)d people have moved up.", many
        ),
    ),
    Act.ACCEPT: Words(
        lambda many, _workshop: ngettext(
            "Let %(num)d person take part?", "Let %(num)d people take part?", many
        ),
        lambda many, _workshop: ngettext(
            "%(num)d request is accepted.", "%(num)d requests are accepted.", many
        ),
    ),
    Act.DECLINE: Words(
        lambda many, _workshop: ngettext(
            "Decline the request of %(num)d person?",
            "Decline the requests of %(num)d people?",
            many,
        ),
        lambda many, _workshop: ngettext(
            "%(num)d request is declined.", "%(num)d requests are declined.", many
        ),
    ),
}


def outcomes(acting: Acting | None) -> dict[Outcome, str]:
    """Return what can come of it for one person, in words."""
    is_about_workshop = acting is not None and acting.key is not None
    return {
        Outcome.ENDED: _("is cancelled"),
        Outcome.PLACE: _("gets the place") if is_about_workshop else _("gets a place at the event"),
        Outcome.WAITS: _("joins the waiting list"),
        Outcome.KEPT: _("wish noted until there is a place at the event"),
        Outcome.GIVEN_UP: _("gives the place up"),
        Outcome.SAME: _("stays as it is"),
        Outcome.NOT_WAITING: _("is not waiting there"),
        Outcome.NOT_ASKING: _("has not asked for a place"),
        Outcome.DECLINED: _("gets no place, and an email that says why"),
    }


def when_full() -> list[tuple[WhenFull, str]]:
    """Return what can be done with those for whom nothing is free."""
    return [
        (WhenFull.LEAVE, _("leave as they are")),
        (WhenFull.WAIT, _("put on the waiting list")),
        (WhenFull.BEYOND, _("give a place beyond those there are")),
    ]
