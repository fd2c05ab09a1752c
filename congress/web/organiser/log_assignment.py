"""The words of the log about the assignment by wishes: asked for, through, released, decided."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.domain.assignment.runs import RunKind
from congress.queries.audit import LogLine
from congress.web.languages import gettext

Said = Callable[[LogLine], str]


def _asked(line: LogLine) -> str:
    if line.details["kind"] == RunKind.LEAST_CHANGE:
        return gettext("An assignment with as little change as possible was asked for.")
    if line.actor is ActorKind.SYSTEM:
        return gettext("The wishes are closed: the assignment is worked out.")
    return gettext("An assignment of the workshops was asked for.")


def _released(line: LogLine) -> str:
    numbers = {name: line.details[name] for name in ("people", "waits", "letters")}
    return gettext(
        "The assignment was released. People with a place by it: %(people)s, waiting-list "
        "places for higher wishes: %(waits)s, letters: %(letters)s.",
        **numbers,
    )


WORDS: dict[str, LazyString | Said] = {
    "assignment_asked": _asked,
    "assignment_stopped": _("The assignment that was being worked out was stopped."),
    "assignment_exported": _(
        "The wishes and the result of an assignment were exported, without names."
    ),
    "assignment_released": _released,
    "one_more_asked": _("It was asked what one more place in each full workshop would change."),
    "wish_decided": _("Decided for the assignment: %(person)s gets “%(item)s”."),
    "wish_barred": _("Decided for the assignment: %(person)s does not get “%(item)s”."),
    "wish_nothing_decided": _(
        "Decided for the assignment: %(person)s gets no workshop at the time of “%(item)s”."
    ),
    "wish_decision_taken_back": _(
        "What was decided for the assignment of %(person)s at the time of “%(item)s” was taken "
        "back."
    ),
}
