"""The words of the log about signed sheets that are kept as evidence."""

from collections.abc import Callable
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext
from congress.web.organiser import frame, log_places

SHOWN = 12  # letters of the digest: enough to compare with the file


def _said(words: LazyString) -> Callable[[LogLine], str]:
    """Return how a line about one sheet is said."""

    def say(line: LogLine) -> str:
        item = line.details.get("item")
        what = gettext("the event") if item is None else log_places.item_name(line, item)
        facts = {
            "what": what,
            "day": frame.dates().date(date.fromisoformat(line.details["day"])),
            "digest": line.details["digest"][:SHOWN],
        }
        return str(words) % facts

    return say


def _kept_until(line: LogLine) -> str:
    if (day := line.details["day"]) is None:
        return gettext("Signed sheets are kept as long as usual.")
    said = frame.dates().date(date.fromisoformat(day))
    return gettext("Signed sheets are kept up to and including %(day)s.", day=said)


def _deleted(line: LogLine) -> str:
    return ngettext(
        "%(num)d signed sheet was deleted, as its time was over.",
        "%(num)d signed sheets were deleted, as their time was over.",
        line.details["count"],
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "paper_filed": _said(
        _("A signed sheet was filed for %(what)s on %(day)s (checksum %(digest)s).")
    ),
    "paper_read": _said(
        _("The signed sheet for %(what)s on %(day)s was opened (checksum %(digest)s).")
    ),
    "paper_removed": _said(
        _("The signed sheet for %(what)s on %(day)s was deleted (checksum %(digest)s).")
    ),
    "papers_kept_until": _kept_until,
    "papers_deleted": _deleted,
}
