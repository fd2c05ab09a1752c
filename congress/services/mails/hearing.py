"""How often a mailbox hears the same: few times from strangers, once from whoever presses twice."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain.mails.kinds import KINDS, MessageKind
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import OutboxMessage

MAILS = table_of(OutboxMessage)
STRANGER_MAILS_PER_HOUR = 5
FROM_STRANGERS = [kind for kind, of in KINDS.items() if of.by_strangers]
PRESSED_TWICE = timedelta(seconds=10)  # a slow page is sent again within some seconds


def has_heard_enough(email: str, kinds: Collection[str] = FROM_STRANGERS, *, now: datetime) -> bool:
    """Mails that a stranger can trigger are few; what follows from a real change is never cut."""
    count = db.session.scalars(
        select(func.count()).where(
            MAILS.c.recipient_key == fold_email(email),
            MAILS.c.created_at > now - timedelta(hours=1),
            MAILS.c.kind.in_(kinds),
        )
    ).one()
    return count >= STRANGER_MAILS_PER_HOUR


def is_asked_enough(email: str, *, now: datetime) -> bool:
    """Return whether a mailbox was asked too often to ask it once more.

    Other mails do not count: they go to who is registered, which nobody shall learn (SEC-24).
    """
    return has_heard_enough(email, [MessageKind.CONFIRM_ADDRESS], now=now)


def has_just_heard(
    email: str,
    kinds: Collection[str],
    congress_id: int | None,
    *,
    of: int | None = None,
    facts: Mapping[str, object] | None = None,
    now: datetime,
) -> bool:
    """Return whether such a mail was written a moment ago, because somebody pressed twice.

    Only one about the registration `of`, and one that states these `facts`, where they are given.
    Whoever asks holds the congress: of two at the same moment one is the second.
    """
    about = (MAILS.c.registration_id == of,) if of else ()
    found = select(MAILS.c.facts).where(
        MAILS.c.recipient_key == fold_email(email),
        MAILS.c.congress_id == congress_id,
        MAILS.c.created_at > now - PRESSED_TWICE,
        MAILS.c.kind.in_(kinds),
        *about,
    )
    return any(facts is None or each == facts for each in db.session.scalars(found))
