"""Ending links of people in a programme, inside a running transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import Actor, Right
from congress.domain.mails.kinds import MessageKind
from congress.domain.people import fold_email
from congress.domain.planning.partners import is_partner
from congress.domain.programme import DIALOGUE_PARTNER, ItemKind
from congress.extensions import db
from congress.models import Contributor, ContributorLogin, OutboxMessage, ProgrammeItem
from congress.queries import accounts
from congress.queries.planning import contributors

MAILS, LOGINS = table_of(OutboxMessage), table_of(ContributorLogin)


def end(row: Contributor) -> None:
    """End the link of somebody, and let no letter go out any more that would bring it."""
    row.nonce = row.key_id = row.digest = row.invited_at = None
    db.session.execute(delete(LOGINS).where(LOGINS.c.contributor_id == row.id))
    waiting = select(MAILS.c.id, MAILS.c.facts).where(
        MAILS.c.congress_id == row.congress_id,
        MAILS.c.kind.in_((MessageKind.CONTRIBUTION_ASKED, MessageKind.CONTRIBUTION_MOVED)),
        MAILS.c.state == "queued",
        MAILS.c.recipient_key == fold_email(row.email),
    )
    own = [
        mail.id for mail in db.session.execute(waiting) if mail.facts.get("contributor") == row.id
    ]
    if own:
        db.session.execute(delete(MAILS).where(MAILS.c.id.in_(own)))


def partners_of(row: ProgrammeItem) -> frozenset[int]:
    """Return who is a dialogue partner of a workshop as it is planned."""
    if row.kind != ItemKind.WORKSHOP:
        return frozenset()
    return frozenset(
        each.person.id
        for each in row.contributions
        if each.person is not None and each.role == DIALOGUE_PARTNER
    )


def end_of_new_partners(
    row: ProgrammeItem, before: Collection[int], *, actor: Actor, now: datetime
) -> None:
    """End the links of who has become a dialogue partner, where names were never to be theirs.

    Whoever may not see registrations would else invite a mailbox first and give it a workshop
    afterwards; so whoever may see them invites once more.
    """
    new = partners_of(row) - set(before)
    if not new or accounts.is_allowed(actor, Right.SEE_ATTENDEES, row.congress_id, now=now):
        return
    for person in contributors.of_congress(row.congress_id, new):
        others = [part for part in person.parts if part.item_id != row.id]
        if person.has_link and not any(map(is_partner, others)):
            statement = select(Contributor).where(
                Contributor.congress_id == row.congress_id,
                Contributor.person_id == person.person_id,
            )
            end(db.session.scalars(statement).one())
    db.session.flush()
