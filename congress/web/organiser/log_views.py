"""The words of the log about views of the attendee list that everybody finds."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine


def _about(sentence: LazyString) -> Callable[[LogLine], str]:
    return lambda line: str(sentence) % line.details


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "view_shared": _about(_("The view “%(view)s” of the registrations was saved for everyone.")),
    "view_replaced": _about(_("The view “%(view)s” of the registrations was replaced.")),
    "view_renamed": _about(
        _("A view of the registrations was renamed: “%(before)s” → “%(view)s”.")
    ),
    "view_deleted": _about(_("The view “%(view)s” of the registrations was deleted.")),
}
