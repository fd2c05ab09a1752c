"""Letters to whom organisers cannot let take part."""

from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.mails.circulars import Circular
from congress.domain.mails.kinds import MessageKind
from congress.queries.registrations import standings
from congress.services.mails import calendar_entries, telling
from congress.services.mails.facts import Letters


def declined(congress: Congress, registration_id: int, reason: str, *, now: datetime) -> None:
    """Tell somebody that organisers have declined their request, and why, in their words."""
    ended = standings([registration_id])
    told = calendar_entries.state(congress, ended, now=now)
    letters = Letters(congress)
    mails = [(each, letters.to(each)) for each in ended]
    for each, letter in mails:
        letter["paragraphs"] = Circular({}, {each.language: reason}).paragraphs(each.language)
    telling.send(letters, MessageKind.REGISTRATION_DECLINED, mails, told, now=now)
