"""Which mails are due: the order of the outbox, and whose domain has had enough for a minute."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from congress.base import columns_of, table_of
from congress.domain.mails.delivery import minute_of
from congress.extensions import db, settings
from congress.models import OutboxMessage
from congress.models.outbox import OPEN
from congress.queries.outbox import GOES_OUT
from congress.services.mails import domain_limits
from congress.services.mails.domain_limits import DOES_NOT_REST

MAILS = table_of(OutboxMessage)
# What a claim says of a mail, but for its facts, which may be those of today.
TAKEN = (
    "id kind message_id congress_id registration_id recipient recipient_name language created_at "
    "subject content priority"
)
# Made once: putting a statement together costs more than carrying it out.
DUE = (
    select(*columns_of(MAILS, f"{TAKEN} facts recipient_key mailing_id"))
    .where(
        OPEN,
        MAILS.c.due_at <= bindparam("now"),
        GOES_OUT,
        or_(MAILS.c.state == "queued", MAILS.c.lease_until <= bindparam("now")),
    )
    .order_by(MAILS.c.priority, MAILS.c.due_at, MAILS.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
DUE_IN_LIMITS = DUE.where(DOES_NOT_REST)
URGENT = (
    select(MAILS.c.id)
    .where(
        OPEN,
        MAILS.c.state == "queued",
        MAILS.c.priority < bindparam("before"),
        MAILS.c.due_at <= bindparam("now"),
    )
    .limit(1)
)
URGENT_IN_LIMITS = URGENT.where(DOES_NOT_REST)


def is_any_due(*, before: int, now: datetime) -> bool:
    """Whether a mail of a lower priority than `before` is due that nobody has taken yet."""
    limits = _limits(now)
    statement = URGENT_IN_LIMITS if limits else URGENT
    return db.session.scalar(statement, {"before": before, "now": now} | limits) is not None


def find(most: int, *, now: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what is due, locked and in order; passes over domains that had enough of them."""
    limits = _limits(now)
    if not limits:
        return db.session.execute(DUE, {"now": now, "most": most}).all()
    # What others have counted meanwhile may leave none of these; then their domains rest, and the
    # next look passes over them.
    while rows := db.session.execute(DUE_IN_LIMITS, {"now": now, "most": most} | limits).all():
        if going := domain_limits.take(rows, now=now, per_minute=limits["per_minute"]):
            return going
    return []


def _limits(now: datetime) -> dict[str, Any]:
    per_minute = settings().mail_domain_limit
    return {"minute": minute_of(now), "per_minute": per_minute} if per_minute else {}
