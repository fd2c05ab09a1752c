"""The letters of an info mail: what each states, and how it reads before it is sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from congress.domain.congresses import Congress
from congress.domain.mails import mailings, placeholders
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import To
from congress.domain.mails.messages import InfoFacts
from congress.domain.mails.readers import Reader
from congress.domain.standing import Standing
from congress.domain.texts import Texts, in_language
from congress.formats import info_mail
from congress.formats.letters import Occasion, Wording
from congress.queries.mailings import WrittenMailing
from congress.queries.registrations import standings
from congress.services.mails import drafting, facts, showing
from congress.services.mails.facts import Letters


class MailingLetters:
    """The letters of one info mail; what many of them say is put together once."""

    def __init__(self, congress: Congress, mailing: WrittenMailing) -> None:
        self._letters = Letters(congress)
        self._mailing = mailing
        is_newsletter = mailing.audience.to is To.NEWSLETTER
        self._kind = MessageKind.NEWSLETTER if is_newsletter else MessageKind.INFO_MAIL

    def rows(self, readers: Sequence[Reader]) -> list[drafting.Row]:
        """Return the mails to some readers as the outbox keeps them."""
        standing_of = self._standings(readers)
        return [self._row(each, standing_of.get(each.id)) for each in readers]

    def in_words(self, reader: Reader, *, now: datetime) -> Wording:
        """Return a letter as it would be sent, with a sentence in the place of its link."""
        standing = self._standings([reader]).get(reader.id)
        stated, language = self._stated(reader, standing), self._language(reader)
        own: Collection[str] = stated["links"]
        if "contributor" in stated:
            own = ("contribution",)
        elif "reader" in stated:
            own = ("newsletter", "unsubscribe")
        return showing.in_words(
            self._letters.congress.id, self._kind, language, stated, own=own, now=now
        )

    def test(self, reader: Reader, *, email: str, name: str) -> drafting.Row:
        """Return the letter to a reader as a test to somebody else: without any secret link."""
        standing = self._standings([reader]).get(reader.id)
        stated = self._stated(reader, standing) | {"is_test": True, "links": []}
        stated.pop("contributor", None)
        stated.pop("reader", None)
        row = self._as_row(reader, stated)
        return row | facts.mailbox(email, name) | {"registration_id": None, "mailing_id": None}

    def _standings(self, readers: Sequence[Reader]) -> Mapping[int, Standing]:
        """Return where attendees stand, if the text says what they have."""
        is_asked = any(mailings.mentions(text, "workshops") for text in self._mailing.text.values())
        if not is_asked or self._mailing.audience.to is not To.ATTENDEES:
            return {}
        return {each.id: each for each in standings([each.id for each in readers])}

    def _row(self, reader: Reader, standing: Standing | None) -> drafting.Row:
        row = self._as_row(reader, self._stated(reader, standing))
        is_attendee = self._mailing.audience.to is To.ATTENDEES
        return row | {
            "mailing_id": self._mailing.id,
            "registration_id": reader.id if is_attendee else None,
        }

    def _as_row(self, reader: Reader, stated: Mapping[str, Any]) -> drafting.Row:
        row = drafting.row(self._letters.congress, reader, self._kind, stated)
        return row | {"language": self._language(reader)}

    def _language(self, reader: Reader) -> str:
        return mailings.language_for(self._mailing.text, reader)

    def _stated(self, reader: Reader, standing: Standing | None) -> InfoFacts:
        mailing, language = self._mailing, self._language(reader)
        congress = self._letters.of_congress(language)
        is_attendee = mailing.audience.to is To.ATTENDEES
        text = in_language(mailing.text, language)
        stated: InfoFacts = {
            "congress": congress,
            "given_name": reader.given_name,
            "family_name": reader.family_name,
            "subject": "",
            "lines": text.splitlines(),
            "is_test": False,
            "links": ["manage"] if is_attendee and mailings.mentions(text, "page") else [],
            "files": [
                {"id": each.id, "name": each.name, "media_type": each.media_type}
                for each in mailing.files
            ],
        }
        if mailing.audience.to is To.PROGRAMME:
            stated["contributor"] = reader.id
        elif mailing.audience.to is To.NEWSLETTER:
            stated["reader"] = reader.id
        if standing is not None:
            letter = self._letters.to(standing)
            stated["confirmed"], stated["waiting"] = letter["confirmed"], letter["waiting"]
        elif is_attendee and mailings.mentions(text, "workshops"):
            stated["confirmed"], stated["waiting"] = [], []
        stated["subject"] = subject(self._mailing.subject, stated, language)
        return stated


def subject(said: Texts, stated: InfoFacts, language: str) -> str:
    """Fill the subject, which is a line of words alone."""
    words = in_language(said, language)
    if not placeholders.names_in(words):
        return words
    return info_mail.line(words, stated, Occasion(stated["congress"], language), language)
