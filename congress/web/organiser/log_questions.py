"""The words of the log about what an event asks on its own."""

from collections.abc import Callable

from congress.queries.audit import LogLine
from congress.web.languages import gettext as _
from congress.web.languages import ngettext, text


def _named(sentence: Callable[[str], str]) -> Callable[[LogLine], str]:
    return lambda line: sentence(text(line.details["label"]))


def _removed(line: LogLine) -> str:
    said = _("The question “%(question)s” was deleted.", question=text(line.details["label"]))
    count = line.details.get("answers", 0)
    if not count:
        return said
    gone = ngettext("%(num)d answer was deleted.", "%(num)d answers were deleted.", count)
    return f"{said} {gone}"


WORDS: dict[str, Callable[[LogLine], str]] = {
    "question_added": _named(
        lambda name: _("The question “%(question)s” was added.", question=name)
    ),
    "question_edited": _named(
        lambda name: _("The question “%(question)s” was changed.", question=name)
    ),
    "question_moved": _named(
        lambda name: _("The question “%(question)s” was moved.", question=name)
    ),
    "question_retired": _named(
        lambda name: _("The question “%(question)s” is no longer asked.", question=name)
    ),
    "question_asked_again": _named(
        lambda name: _("The question “%(question)s” is asked again.", question=name)
    ),
    "question_removed": _removed,
}
