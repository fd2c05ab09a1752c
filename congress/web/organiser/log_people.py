"""The words of the log about people: of the programme, in groups, and whoever needs something."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext


def _invited(line: LogLine) -> str:
    return ngettext(
        "%(num)d person was invited to take part in the programme.",
        "%(num)d people were invited to take part in the programme.",
        line.details.get("count", 0),
    )


def _sheets_exported(line: LogLine) -> str:
    return ngettext(
        "%(num)d speaker sheet was exported.",
        "%(num)d speaker sheets were exported.",
        line.details.get("count", 0),
    )


def _assistance_read(line: LogLine) -> str:
    return ngettext(
        "The assistance needs of %(num)d person were read.",
        "The assistance needs of %(num)d people were read.",
        line.details.get("count", 0),
    )


def _assistance_exported(line: LogLine) -> str:
    return ngettext(
        "The assistance needs of %(num)d person were exported.",
        "The assistance needs of %(num)d people were exported.",
        line.details.get("count", 0),
    )


def _unconfirmed_deleted(line: LogLine) -> str:
    return ngettext(
        "%(num)d registration that nobody had confirmed was deleted.",
        "%(num)d registrations that nobody had confirmed were deleted.",
        line.details.get("count", 0),
    )


def _priority_set(line: LogLine) -> str:
    return gettext(
        "%(person)s was put into another priority group: %(before)s → %(after)s.",
        person=line.person,
        before=line.details.get("before", ""),
        after=line.details.get("after", ""),
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "contributors_invited": _invited,
    "contributor_edited": _("How to reach a person in the programme was changed: %(fields)s."),
    "contributor_link_ended": _("The personal link of a person in the programme was ended."),
    "profile_suggested": _("A person in the programme changed their details: %(fields)s."),
    "profile_published": _("Details of a person in the programme were published: %(fields)s."),
    "sheet_edited": _("The speaker sheet of a person in the programme was changed: %(fields)s."),
    "sheets_exported": _sheets_exported,
    "assistance_changed": _("Somebody stated or changed their assistance needs."),
    "assistance_removed": _("Somebody’s assistance needs were deleted."),
    "assistance_read": _assistance_read,
    "assistance_exported": _assistance_exported,
    "unconfirmed_deleted": _unconfirmed_deleted,
    "priority_set": _priority_set,
    "photo_removed": _("The photo of a person in the programme was deleted."),
    "text_removed": _("The text about a person in the programme was deleted."),
    "profile_discarded": _("What a person in the programme had changed was discarded."),
    "participants_opened": _(
        "Somebody in the programme logged in and sees who takes part in “%(item)s”."
    ),
    "room_needs_told": _("Somebody in the programme wrote what the room of “%(item)s” needs."),
    "room_needs_seen": _("What the room of “%(item)s” needs was marked as seen."),
    "contribution_answered_confirmed": _("Somebody agreed to take part in “%(item)s”."),
    "contribution_answered_declined": _("Somebody declined to take part in “%(item)s”."),
}
