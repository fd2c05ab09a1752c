"""The letters of an info mail of the network: what each states, and how it reads."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from congress.domain.mails import mailings
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import To
from congress.domain.mails.network_letters import NetworkMailFacts
from congress.domain.mails.readers import Reader
from congress.domain.texts import in_language
from congress.extensions import settings
from congress.formats import info_mail
from congress.formats.letters import Wording, compose
from congress.queries.mailings import WrittenMailing
from congress.services.mails import drafting, facts, mail_links, showing

OWN_LINKS = ("newsletter", "unsubscribe")


class NetworkMailLetters:
    """The letters of one info mail that belongs to no congress."""

    def __init__(self, mailing: WrittenMailing) -> None:
        self._mailing = mailing
        self._to = mailing.audience.to
        is_newsletter = self._to is To.NETWORK_NEWSLETTER
        self._kind = MessageKind.NETWORK_NEWSLETTER if is_newsletter else MessageKind.NETWORK_MAIL

    def rows(self, readers: Sequence[Reader]) -> list[drafting.Row]:
        """Return the mails to some readers as the outbox keeps them."""
        return [self._row(each) | {"mailing_id": self._mailing.id} for each in readers]

    def in_words(self, reader: Reader, *, now: datetime) -> Wording:
        """Return a letter as it would be sent, with a sentence in the place of its links."""
        language, stated = self._language(reader), self._stated(reader)
        own = OWN_LINKS if self._to is To.NETWORK_NEWSLETTER else ()
        return compose(
            self._kind,
            language,
            stated,
            links=mail_links.public_links(stated) | dict.fromkeys(own, showing.sentence(language)),
            zone=ZoneInfo(settings().timezone),
            written_at=now,
        )

    def test(self, reader: Reader, *, email: str, name: str) -> drafting.Row:
        """Return the letter to a reader as a test to somebody else: without any secret link."""
        row = self._row(reader)
        stated = {**self._stated(reader), "is_test": True}
        for number in ("contact_person", "participant", "reader"):
            stated.pop(number, None)
        own = {"facts": stated, "registration_id": None, "mailing_id": None}
        return row | facts.mailbox(email, name) | own

    def _row(self, reader: Reader) -> drafting.Row:
        return {
            "kind": self._kind,
            "message_id": drafting.new_message_id(),
            "congress_id": None,
            "registration_id": reader.id if self._to is To.COHORT else None,
            "language": self._language(reader),
            "facts": dict(self._stated(reader)),
            **facts.mailbox(reader.email, reader.name),
        }

    def _language(self, reader: Reader) -> str:
        return mailings.language_for(self._mailing.text, reader)

    def _stated(self, reader: Reader) -> NetworkMailFacts:
        mailing, language = self._mailing, self._language(reader)
        stated: NetworkMailFacts = {
            "given_name": reader.given_name,
            "family_name": reader.family_name,
            "subject": "",
            "lines": in_language(mailing.text, language).splitlines(),
            "is_test": False,
            "files": [
                {"id": each.id, "name": each.name, "media_type": each.media_type}
                for each in mailing.files
            ],
            "to": self._to,
        }
        match self._to:
            case To.NETWORK_NEWSLETTER:
                stated["reader"] = reader.id
            case To.COHORT:
                stated["participant"] = reader.id
            case _:
                stated["contact_person"] = reader.id
        words = in_language(mailing.subject, language)
        stated["subject"] = info_mail.line(words, stated, None, language)
        return stated
