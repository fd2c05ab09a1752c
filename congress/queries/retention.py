"""Of which congresses nothing is needed any more, and of which people."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select

from congress.base import table_of
from congress.domain.registration import RegistrationState
from congress.domain.retention import KEPT_A_MONTH, KEPT_AFTER_CONGRESS
from congress.models import AuditLine, CongressDay, OutboxMessage, Registration
from congress.queries.outbox import UNSENT

DAYS, PEOPLE = table_of(CongressDay), table_of(Registration)
LINES, MAILS = table_of(AuditLine), table_of(OutboxMessage)
ENDED_UNCONFIRMED = exists().where(
    LINES.c.registration_id == PEOPLE.c.id,
    LINES.c.verb == "lapsed",
    LINES.c.at == PEOPLE.c.cancelled_at,
)


def long_over(now: datetime, kept: timedelta = KEPT_AFTER_CONGRESS) -> Select[*tuple[int]]:
    """Return the statement that finds the congresses whose last day is long enough ago."""
    return (
        select(DAYS.c.congress_id)
        .group_by(DAYS.c.congress_id)
        .having(func.max(DAYS.c.ends_at) < now - kept)
    )


def never_confirmed(now: datetime) -> Select[*tuple[int, int]]:
    """Return the statement that finds whom nobody confirmed, a month ago: their congress and id.

    They ended by themselves and not since in another way. Whoever has a mail on its way stays
    until it has gone, and so does whoever stands for somebody else.
    """
    has_mail = exists().where(MAILS.c.registration_id == PEOPLE.c.id, MAILS.c.state.in_(UNSENT))
    merged = PEOPLE.alias()
    return (
        select(PEOPLE.c.congress_id, PEOPLE.c.id)
        .where(
            PEOPLE.c.state == RegistrationState.CANCELLED,
            PEOPLE.c.cancelled_at <= now - KEPT_A_MONTH,
            ENDED_UNCONFIRMED,
            ~has_mail,
            ~exists().where(merged.c.merged_into_id == PEOPLE.c.id),
        )
        .order_by(PEOPLE.c.congress_id, PEOPLE.c.id)
    )
