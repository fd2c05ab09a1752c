"""The words of the log about what people are asked afterwards."""

from collections.abc import Callable

from flask_babel import LazyString, lazy_gettext

from congress.queries.audit import LogLine
from congress.web.languages import gettext as _
from congress.web.languages import text


def _set(line: LogLine) -> str:
    if line.details.get("is_on"):
        return _("The feedback survey was set; it is on.")
    return _("The feedback survey was set; it is off.")


def _counted(line: LogLine) -> str:
    return _(
        "The feedback survey is over: %(answered)d of %(asked)d people answered.",
        answered=line.details["answered"],
        asked=line.details["asked"],
    )


def _named(sentence: Callable[[str], str]) -> Callable[[LogLine], str]:
    return lambda line: sentence(text(line.details["label"]))


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "feedback_set": _set,
    "feedback_set_taken": lazy_gettext("The ready-made questions were taken for the feedback."),
    "feedback_question_added": _named(
        lambda name: _("The feedback question “%(question)s” was added.", question=name)
    ),
    "feedback_question_edited": _named(
        lambda name: _("The feedback question “%(question)s” was changed.", question=name)
    ),
    "feedback_question_moved": _named(
        lambda name: _("The feedback question “%(question)s” was moved.", question=name)
    ),
    "feedback_question_removed": _named(
        lambda name: _("The feedback question “%(question)s” was deleted.", question=name)
    ),
    "feedback_begun": lazy_gettext("The feedback survey has begun: people are being asked."),
    "feedback_counted": _counted,
    "feedback_shared": lazy_gettext(
        "Dialogue partners were shown the feedback on their own workshop."
    ),
    "feedback_not_shared": lazy_gettext("Dialogue partners no longer see the feedback."),
    "feedback_exported": lazy_gettext("The results of the feedback survey were exported."),
}
