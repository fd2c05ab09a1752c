"""Newsletters of congresses and of the network: offered, asked for, confirmed, and left.

Only a confirmed address gets anything but the question. Whoever leaves is forgotten, with every
mail that still waits and every one that was kept.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import IntegrityError

from congress.base import table_of
from congress.domain.access import ATTENDEE, Actor
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.network_letters import NetworkNewsletterFacts
from congress.domain.mails.reader_letters import NewsletterFacts
from congress.domain.mails.readers import Reader
from congress.domain.newsletters import CONSENT_VERSION
from congress.domain.tokens import ReaderLink
from congress.extensions import db
from congress.models import Newsletter, NewsletterReader, OutboxMessage
from congress.queries import congresses
from congress.queries import newsletters as queries
from congress.queries.retention import long_over
from congress.services import auditing, mailboxes
from congress.services.mails import drafting, facts, mailing_houses, telling
from congress.transaction import transaction

READERS, MAILS = table_of(NewsletterReader), table_of(OutboxMessage)
OF_NETWORK = (MessageKind.NETWORK_NEWSLETTER, MessageKind.NETWORK_NEWSLETTER_ASKED)
OF_NEWSLETTERS = (MessageKind.NEWSLETTER, MessageKind.NEWSLETTER_ASKED, *OF_NETWORK)


def offer(congress_id: int, *, is_offered: bool, actor: Actor, now: datetime) -> None:
    """Offer the newsletter on the public page, or no more; its readers stay."""
    with transaction():
        congresses.hold(congress_id)
        row = db.session.scalars(
            select(Newsletter).where(Newsletter.congress_id == congress_id)
        ).one_or_none()
        if is_offered is (row is not None):
            return
        if row is None:
            db.session.add(Newsletter(congress_id=congress_id, offered_at=now))
        else:
            db.session.delete(row)
        verb = "newsletter_offered" if is_offered else "newsletter_not_offered"
        auditing.record(verb, actor=actor, now=now, congress_id=congress_id)


def ask(congress_id: int | None, email: str, language: str, *, now: datetime) -> None:
    """Ask a mailbox whether it wants the newsletter; one that has it gets its link again.

    Without a congress it is that of the network.

    The page says the same whatever the address is (SEC-24).
    """
    try:
        _ask(congress_id, email, language, now=now)
    except IntegrityError:
        # Pressed twice at one moment, for the network, which nobody holds: the other mail comes.
        return


def _ask(congress_id: int | None, email: str, language: str, *, now: datetime) -> None:
    with transaction():
        congress = mailing_houses.hold(congress_id)
        kinds = [MessageKind.NEWSLETTER_ASKED if congress else MessageKind.NETWORK_NEWSLETTER_ASKED]
        if not mailboxes.may_be_asked(email, kinds, congress_id, now=now):
            return
        row = mailboxes.enter(
            NewsletterReader,
            congress_id,
            email,
            language,
            link=ReaderLink.NEWSLETTER,
            consent=CONSENT_VERSION,
            now=now,
        )
        if congress:
            _write(congress, row, now=now)
        else:
            _write_of_network(row, now=now)


def confirm(token: str, *, now: datetime) -> None:
    """Note that a mailbox wants the newsletter; twice is once, an unknown or late link nothing."""
    with transaction():
        row = mailboxes.find(NewsletterReader, token)
        if row is not None and queries.find(token, now=now) and row.confirmed_at is None:
            row.confirmed_at = now
            _record("newsletter_confirmed", row.congress_id, now=now)


def choose_language(token: str, language: str) -> None:
    """Write to somebody in another language from now on."""
    with transaction():
        row = mailboxes.find(NewsletterReader, token)
        if row is not None:
            row.language = language


def leave(token: str, *, now: datetime) -> None:
    """Forget somebody who wants no newsletter any more; an unknown link changes nothing."""
    with transaction():
        row = mailboxes.find(NewsletterReader, token)
        if row is None:
            return
        if row.confirmed_at is not None:
            _record("newsletter_left", row.congress_id, now=now)
        _forget(READERS.c.id == row.id)


def forget_old(*, now: datetime) -> int:
    """Delete who did not confirm in time, and all of congresses long over; returns how many."""
    is_over = READERS.c.congress_id.in_(long_over(now))
    with transaction():
        return _forget(or_(queries.is_late(now), is_over))


def _forget(which: ColumnElement[bool]) -> int:
    return mailboxes.forget(NewsletterReader, which, OF_NEWSLETTERS)


def _write(congress: Congress, row: NewsletterReader, *, now: datetime) -> None:
    """Ask a mailbox whether it wants the newsletter, or bring the link again to one that has it."""
    question: NewsletterFacts = {
        "congress": facts.of_congress(congress, row.language),
        "reader": row.id,
        "has_it": row.confirmed_at is not None,
    }
    to = Reader(row.id, "", "", row.email, row.language)
    mail = drafting.row(congress, to, MessageKind.NEWSLETTER_ASKED, question)
    telling.store([mail | {"registration_id": None}], now=now)


def _write_of_network(row: NewsletterReader, *, now: datetime) -> None:
    """Do the same for the newsletter of the network."""
    question: NetworkNewsletterFacts = {"reader": row.id, "has_it": row.confirmed_at is not None}
    mail: drafting.Row = {
        "kind": MessageKind.NETWORK_NEWSLETTER_ASKED,
        "message_id": drafting.new_message_id(),
        "congress_id": None,
        "registration_id": None,
        "language": row.language,
        "facts": dict(question),
        **facts.mailbox(row.email, ""),
    }
    telling.store([mail], now=now)


def _record(verb: str, congress_id: int | None, *, now: datetime) -> None:
    """Note that it happened, and not who it was."""
    auditing.record(verb, actor=ATTENDEE, now=now, congress_id=congress_id)
