"""The words of the log about the team: who was invited, and what they may do."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import Role
from congress.formats.role_words import role_words
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext


def invited(line: LogLine) -> str:
    """Say who was invited, and to what."""
    return _of(_("%(colleague)s was invited to the team: %(roles)s."), line)


def invited_again(line: LogLine) -> str:
    """Say to whom the invitation went once more."""
    return _of(_("The invitation to the team was sent to %(colleague)s again."), line)


def changed(line: LogLine) -> str:
    """Say what somebody might do, and may do now."""
    return _of(_("%(colleague)s’s role in the team was changed: %(before)s → %(roles)s."), line)


def removed(line: LogLine) -> str:
    """Say whose access ended, and what it was."""
    return _of(_("%(colleague)s was removed from the team (%(before)s)."), line)


def _of(words: LazyString, line: LogLine) -> str:
    colleague = line.accounts.get(line.details.get("account", 0)) or gettext("deleted")
    before, after = (_named(line, key) for key in ("roles_before", "roles"))
    return str(words) % {"colleague": colleague, "before": before, "roles": after}


def _named(line: LogLine, key: str) -> str:
    words = role_words(languages.current())
    return ", ".join(words[Role(each)].name for each in line.details.get(key, ()))
