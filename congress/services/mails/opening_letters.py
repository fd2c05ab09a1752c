"""Mails to whoever wants to know when registration opens, as rows that nobody has stored yet."""

from datetime import UTC

from congress.domain.calendars.calendar import Method
from congress.domain.calendars.calendar_json import entry_facts
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.reader_letters import OpeningFacts
from congress.domain.mails.readers import Reader
from congress.models import OpeningReader
from congress.queries import wishes
from congress.services.mails import drafting, facts
from congress.services.mails.moments import moment
from congress.services.public_calendars import saved_date


def stated(congress: Congress, kind: MessageKind, reader: int, language: str) -> OpeningFacts:
    """Return what a mail of one of these kinds states; one brings the date to be saved."""
    letter: OpeningFacts = {
        "congress": facts.of_congress(congress, language),
        "reader": reader,
        "opens_at": congress.period.opens_at.astimezone(UTC).isoformat(),
    }
    if kind is MessageKind.REGISTRATION_OPENED and wishes.taking_wishes(congress):
        letter["wishes_until"] = moment(congress.wishes_close_at)
    if kind is MessageKind.OPENING_NOTED:
        letter["saved_date"] = entry_facts(saved_date(congress, language), Method.PUBLISH)
    return letter


def row(congress: Congress, reader: OpeningReader, kind: MessageKind) -> drafting.Row:
    """Return the mail to somebody as the outbox keeps it."""
    to = Reader(reader.id, "", "", reader.email, reader.language)
    letter = stated(congress, kind, reader.id, reader.language)
    return drafting.row(congress, to, kind, letter) | {"registration_id": None}
