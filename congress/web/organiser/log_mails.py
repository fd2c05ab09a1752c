"""What the log says of mails."""

from collections.abc import Callable

from flask_babel import LazyString

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext
from congress.web.organiser import mail_words


def _sent_again(line: LogLine) -> str:
    """Say which mail it was; lines of an older version know only its occasion."""
    if line.person:
        return gettext("Sent again to %(person)s: “%(mail)s”.", person=line.person, mail=_of(line))
    return gettext("Sent again: “%(mail)s”.", mail=_of(line))


def _failed_sent_again(line: LogLine) -> str:
    return ngettext(
        "%(num)d email that could not be delivered was sent again.",
        "%(num)d emails that could not be delivered were sent again.",
        line.details.get("count", 0),
    )


def _settled(line: LogLine) -> str:
    return gettext("Marked as settled, although not delivered: “%(mail)s”.", mail=_of(line))


def _unsettled(line: LogLine) -> str:
    return gettext("No longer marked as settled: “%(mail)s”.", mail=_of(line))


def _of(line: LogLine) -> str:
    return str(line.details.get("subject") or mail_words.kind(line.details["kind"]))


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "mail_sent_again": _sent_again,
    "mails_sent_again": _failed_sent_again,
    "mail_settled": _settled,
    "mail_unsettled": _unsettled,
}
