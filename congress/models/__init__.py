"""The tables: columns, keys and constraints, and no decisions."""

from congress.models.audit import AuditLine
from congress.models.congresses import Congress, CongressDay, CongressOrganisation, Room
from congress.models.organisations import Organisation
from congress.models.outbox import OutboxControl, OutboxMessage
from congress.models.programme import Contribution, Person, ProgrammeItem
from congress.models.registrations import (
    AccessToken,
    Booking,
    CalendarEntry,
    Consent,
    Registration,
)

__all__ = [
    "AccessToken",
    "AuditLine",
    "Booking",
    "CalendarEntry",
    "Congress",
    "CongressDay",
    "CongressOrganisation",
    "Consent",
    "Contribution",
    "Organisation",
    "OutboxControl",
    "OutboxMessage",
    "Person",
    "ProgrammeItem",
    "Registration",
    "Room",
]
