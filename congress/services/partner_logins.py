"""One-time codes by mail, behind which people of a programme see who comes to their workshops.

The personal link alone opens no names: links are forwarded. A code goes to the mailbox, counts in
the browser that asked for it, and is kept as a nonce from which it is made again for the mail.
"""

from datetime import datetime

from congress import queue
from congress.base import table_of
from congress.domain.access import CONTRIBUTOR
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import KINDS, MessageKind
from congress.domain.mails.programme_letters import CodeFacts
from congress.domain.planning.contributors import Contributor, NotAskedAnyMore
from congress.domain.planning.partners import readable_workshops
from congress.extensions import db
from congress.models import Contributor as Row
from congress.models import ContributorLogin
from congress.queries import congresses
from congress.queries.planning import contributors, partners
from congress.services import auditing, login_codes
from congress.services.mails import drafting, facts
from congress.services.mails.telling import NEW_MESSAGES
from congress.transaction import after_commit, transaction

KIND = MessageKind.CONTRIBUTOR_CODE
LOGINS = table_of(ContributorLogin)


def ask(contributor_id: int, *, now: datetime) -> int:
    """Send somebody a code; returns its number, which opens nothing.

    Only the person's own row is held: whoever else holds it holds the congress first, so holding
    both the other way round could end in a deadlock. Raises TooManyCodes and NotAskedAnyMore.
    """
    with transaction():
        row = db.session.get(Row, contributor_id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotAskedAnyMore
        congress = congresses.get_congress(row.congress_id)
        login_codes.require_few(LOGINS, LOGINS.c.contributor_id == row.id, now=now)
        sent = ContributorLogin(contributor_id=row.id, **login_codes.fresh(now=now))
        db.session.add(sent)
        db.session.flush()
        person = contributors.find_known(row.congress_id, row.person_id)
        if person is not None and row.email:
            db.session.execute(NEW_MESSAGES, [_mail(congress, person, sent.id, now=now)])
            after_commit(queue.wake)
        return sent.id


def enter(login_id: int, contributor_id: int, typed: str, *, now: datetime) -> str | None:
    """Log somebody in whose code is right, and return the secret of the login; None if not.

    A code is right once. The log says for which workshops names can be read from then on.
    """
    with transaction():
        sent = db.session.get(
            ContributorLogin, login_id, with_for_update=True, populate_existing=True
        )
        if sent is None or sent.contributor_id != contributor_id:
            return None
        secret = login_codes.enter(sent, typed, now=now)
        if secret is not None:
            _record(contributor_id, now=now)
        return secret


def end(secret: str) -> None:
    """End a login for every copy of its cookie; ending it twice is the same."""
    login_codes.end(LOGINS, secret)


def forget_old(*, now: datetime) -> int:
    """Forget codes and logins that are over; returns how many."""
    return login_codes.forget_old(LOGINS, now=now)


def _record(contributor_id: int, *, now: datetime) -> None:
    row = db.session.get_one(Row, contributor_id)
    congress = congresses.get_congress(row.congress_id)
    person = contributors.find_known(row.congress_id, row.person_id)
    parts = person.parts if person else ()
    named = partners.named_in(congress.id, person.name) if person else ()
    for part in readable_workshops(
        parts, congress.state, named=named, ends_at=congress.ends_at, now=now
    ):
        auditing.record(
            "participants_opened",
            actor=CONTRIBUTOR,
            now=now,
            congress_id=congress.id,
            item_id=part.item_id,
        )


def _mail(congress: Congress, person: Contributor, login_id: int, *, now: datetime) -> drafting.Row:
    stated: CodeFacts = {
        "congress": facts.of_congress(congress, person.language),
        "given_name": "",
        "family_name": person.name,
        "login": login_id,
    }
    return {
        "kind": KIND,
        "message_id": drafting.new_message_id(),
        "congress_id": congress.id,
        "registration_id": None,
        "language": person.language,
        "facts": stated,
        "created_at": now,
        "due_at": now,
        "priority": KINDS[KIND].priority,
        **facts.mailbox(person.email, person.name),
    }
