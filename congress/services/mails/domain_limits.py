"""How many mails a minute go to the mailboxes of one domain; counted here for all workers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, exists, literal, not_, select, update

from congress.base import INSERTS, table_of
from congress.domain.mails.delivery import domain_of, granted, minute_of
from congress.extensions import db
from congress.models import OutboxDomain, OutboxMessage
from congress.transaction import transaction

KEPT = timedelta(hours=1)
MAILS, DOMAINS = table_of(OutboxMessage), table_of(OutboxDomain)
# No column of its own: an address ends in its domain, and few domains rest at a time.
RESTS = exists().where(
    DOMAINS.c.minute == bindparam("minute"),
    DOMAINS.c.taken >= bindparam("per_minute"),
    MAILS.c.recipient_key.like(literal("%@") + DOMAINS.c.domain),
)
DOES_NOT_REST = not_(RESTS)
COUNTS = select(DOMAINS).where(DOMAINS.c.domain.in_(bindparam("domains", expanding=True)))
LOCKED = COUNTS.order_by(DOMAINS.c.domain).with_for_update()


def take(rows: Sequence[Any], *, now: datetime, per_minute: int) -> list[Any]:
    """Return the mails of these, in their order, that may go in this minute, and count them."""
    minute = minute_of(now)
    domains = [domain_of(row.recipient_key) for row in rows]
    counts = _locked(sorted(set(domains)), minute)
    answers = granted(domains, counts, per_minute=per_minute)
    going = [domain for domain, may in zip(domains, answers, strict=True) if may]
    for domain in sorted(set(going)):
        taken = counts[domain] + going.count(domain)
        counted = {"minute": minute, "taken": taken}
        if taken >= per_minute:
            counted["full_at"] = minute
        of_this = update(DOMAINS).where(DOMAINS.c.domain == domain)
        db.session.execute(of_this.values(counted))
    return [row for row, may in zip(rows, answers, strict=True) if may]


def forget_old(*, now: datetime) -> int:
    """Delete the counts of minutes gone by; return how many."""
    with transaction():
        old = delete(DOMAINS).where(DOMAINS.c.minute < now - KEPT)
        return len(db.session.scalars(old.returning(DOMAINS.c.id)).all())


def _locked(domains: list[str], minute: datetime) -> dict[str, int]:
    """Return how many went to each in this minute; nobody else counts until the commit."""
    insert = INSERTS[db.session.get_bind().dialect.name]
    rows = [{"domain": domain, "minute": minute, "taken": 0} for domain in domains]
    db.session.execute(insert(DOMAINS).on_conflict_do_nothing(), rows)
    found = db.session.execute(LOCKED, {"domains": domains}).all()
    # Another minute, even one to come after a clock was set back, counts for nothing.
    return {row.domain: row.taken if row.minute == minute else 0 for row in found}
