"""What organisers call the fields of an item, and the consents."""

from flask_babel import lazy_gettext as _

FIELDS = {
    "title": _("Title"),
    "short_title": _("Short title"),
    "abstract": _("Description"),
    "time": _("Time"),
    "room": _("Room"),
    "online_link": _("Online link"),
    "people": _("People"),
    "cancelled": _("Cancellation"),
    "places": _("Places"),
    "same_as": _("The same as"),
    "one_of": _("Only one of these, with"),
    "only_with": _("Only together with"),
    "bookable": _("People choose it when they register"),
    "mode": _("On site or online"),
    "minimum": _("Minimum number of people"),
    "minimum_by": _("Checked on"),
    "name": _("Name"),
    "affiliation": _("Organisation"),
    "photo": _("Photo"),
    "bio": _("About the person"),
    "email": _("Email address"),
    "language": _("Language"),
    "equipment": _("Equipment"),
    "travel": _("Travel"),
    "hotel": _("Hotel"),
    "honorarium": _("Fee"),
    "notes": _("Notes"),
    "attendee_list": _("list of attendees"),
    "photos": _("photos"),
    "privacy_notice": _("privacy notice"),
    "answers": _("answers to additional questions"),
}


def field_name(field: str) -> str:
    """Return the name of a field of a programme item as its form calls it, or of a consent."""
    return str(FIELDS.get(field, field))
