"""What the keys of a congress file are called by its reader, and what plans name differently."""

import re

from flask_babel import lazy_gettext as _

FIELDS = {
    "abstract": _("Description"),
    "access": _("Who may register"),
    "accessibility": _("Accessibility"),
    "address": _("Address"),
    "affiliation": _("Organisation"),
    "approval": _("Approval"),
    "at_most": _("At most"),
    "ags": _("Official key (AGS)"),
    "bookable": _("Bookable"),
    "cancelled": _("Cancellation"),
    "capacity": _("Places"),
    "changes_until": _("Changes until"),
    "closes_at": _("Registration deadline"),
    "code": _("Code"),
    "colour": _("Colour"),
    "confirm_hours": _("Hours to confirm the address"),
    "contact_email": _("Contact email"),
    "cost": _("Cost"),
    "day": _("Day"),
    "days": _("Days"),
    "deadline": _("Registration deadline"),
    "description": _("Description"),
    "directions": _("Getting there"),
    "end": _("Ends"),
    "end_day": _("Ends on"),
    "fields": _("Form fields"),
    "function": _("Job title"),
    "assistance": _("Assistance needs"),
    "hint": _("Explanation"),
    "if_answer": _("Asked of"),
    "if_question": _("Asked of"),
    "if_workshop": _("Asked of"),
    "items": _("Programme items"),
    "kind": _("Type"),
    "label": _("Label"),
    "late": _("Late registration"),
    "quota": _("Places per organisation"),
    "lead": _("Introduction"),
    "logo": _("Logo"),
    "logo_alt": _("Alternative text of the logo"),
    "logo_data": _("Logo"),
    "logo_file": _("Logo"),
    "minimum": _("Minimum number of people"),
    "minimum_by": _("Checked on"),
    "months": _("Months until answers are deleted"),
    "name": _("Name"),
    "number": _("Number"),
    "online_link": _("Online link"),
    "offer_hours": _("Offer free places: hours to answer"),
    "offers_end_hours": _("No offers in the last hours before the event"),
    "one_mail": _("One email instead of two"),
    "opens": _("Registration opens"),
    "opens_at": _("Registration opens"),
    "organisation": _("Organisation"),
    "organisations": _("Organisations"),
    "people": _("People"),
    "options": _("Options"),
    "places": _("Places"),
    "purpose": _("What for"),
    "questions": _("Additional questions"),
    "read_by": _("Read by"),
    "registration": _("Registration"),
    "reminder": _("Reminder in calendars"),
    "required": _("Has to be answered"),
    "retired": _("no longer asked"),
    "role": _("Role"),
    "room": _("Room"),
    "rooms": _("Rooms"),
    "rules": _("Rules of registration"),
    "same_as": _("The same workshop as"),
    "seats": _("Seats"),
    "short_name": _("Short name"),
    "short_title": _("Short title"),
    "slot": _("Time"),
    "slug": _("Name in web addresses"),
    "start": _("Starts"),
    "state": _("Status"),
    "timezone": _("Time zone"),
    "title": _("Title"),
    "town": _("Town"),
    "venue": _("Venue"),
    "waiting_list": _("Waiting list"),
    "website": _("Website"),
    "withdrawals_until": _("Cancellations until"),
}
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-\w+)?")


def explained(key: str) -> str:
    """Return a path as it stands in the file, with the name of its field in the reader's words.

    A text in one of its languages, as `title.en`, is called by the field.
    """
    *others, last = re.sub(r"\[\d+\]", "", key).split(".")
    if last not in FIELDS and others and LANGUAGE.fullmatch(last):
        last = others[-1]
    return f"{key} ({FIELDS[last]})" if last in FIELDS else key
