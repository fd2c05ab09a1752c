"""The words of the log about tasks of modules."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import text


def _named(words: LazyString) -> Callable[[LogLine], str]:
    def said(line: LogLine) -> str:
        title = text(line.details.get("title", {}))
        return str(words) % {"title": title, "person": line.person}

    return said


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "task_added": _named(_("The task “%(title)s” was added.")),
    "task_changed": _named(_("The task “%(title)s” was changed.")),
    "task_removed": _named(_("The task “%(title)s” was deleted, with everything handed in.")),
    "task_done": _named(_("%(person)s has done the task “%(title)s”.")),
    "task_taken_back": _named(_("%(person)s has taken back the task “%(title)s”.")),
}
