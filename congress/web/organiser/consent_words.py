"""What people can agree to beside taking part, as organisers call it."""

from congress.web.languages import gettext as _


def consent_words() -> dict[str, str]:
    """Return the words of each voluntary consent, by its purpose."""
    return {"attendee_list": _("List of attendees"), "photos": _("Photos")}
