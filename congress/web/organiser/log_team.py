"""The words of the log about access: who was invited, what they may do, what was taken along."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import Role
from congress.formats.role_words import role_words
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext, ngettext


def _invited(line: LogLine) -> str:
    return _of(_("%(colleague)s was invited to the team: %(roles)s."), line)


def _invited_again(line: LogLine) -> str:
    return _of(_("The invitation to the team was sent to %(colleague)s again."), line)


def _changed(line: LogLine) -> str:
    return _of(_("%(colleague)s’s role in the team was changed: %(before)s → %(roles)s."), line)


def _removed(line: LogLine) -> str:
    return _of(_("%(colleague)s was removed from the team (%(before)s)."), line)


def _log_exported(line: LogLine) -> str:
    return ngettext(
        "The log was exported as CSV (%(num)d entry).",
        "The log was exported as CSV (%(num)d entries).",
        line.details.get("count", 0),
    )


def _figures_exported(line: LogLine) -> str:
    words = _("The figures were exported as %(format)s.")
    return str(words) % {"format": str(line.details.get("format", "")).upper()}


def _modules_exported(line: LogLine) -> str:
    return ngettext(
        "Who attended which module was exported as Excel (%(num)d person).",
        "Who attended which module was exported as Excel (%(num)d people).",
        line.details.get("count", 0),
    )


def _of(words: LazyString, line: LogLine) -> str:
    colleague = line.accounts.get(line.details.get("account", 0)) or gettext("deleted")
    before, after = (_named(line, key) for key in ("roles_before", "roles"))
    return str(words) % {"colleague": colleague, "before": before, "roles": after}


def _named(line: LogLine, key: str) -> str:
    words = role_words(languages.current())
    return ", ".join(words[Role(each)].name for each in line.details.get(key, ()))


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "log_exported": _log_exported,
    "figures_exported": _figures_exported,
    "modules_exported": _modules_exported,
    "colleague_invited": _invited,
    "colleague_invited_again": _invited_again,
    "colleague_changed": _changed,
    "colleague_removed": _removed,
}
