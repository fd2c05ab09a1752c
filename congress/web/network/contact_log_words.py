"""The words of the contact log, on pages and in files."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.network.contact_notes import ContactKind
from congress.queries.network.contact_log import FollowUps

KINDS: dict[str, LazyString] = {
    ContactKind.CALL: _("Phone call"),
    ContactKind.VISIT: _("Visit"),
    ContactKind.MAIL: _("Letter or email"),
    ContactKind.MEETING: _("Meeting"),
}
FOLLOW_UPS: dict[str, LazyString] = {
    FollowUps.OPEN: _("open"),
    FollowUps.DUE: _("due"),
}
FIELDS: dict[str, LazyString] = {
    "organisation": _("Organisation"),
    "topic": _("What it was about"),
    "day": _("Day"),
    "at": _("Time of day"),
    "kind": _("Kind of contact"),
    "contact": _("With whom"),
    "text": _("What was talked about"),
    "follow_up_on": _("Follow up on"),
    "follow_up_for": _("Who follows up"),
}
