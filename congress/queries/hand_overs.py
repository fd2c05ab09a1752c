"""Places that are to be handed over: found by their links, and of whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.tokens import HandOverLink
from congress.extensions import db
from congress.models import AccessToken, Congress, HandOver, Registration
from congress.queries.registrations import HandsTo

HAND_OVERS, PEOPLE, CONGRESSES = (table_of(each) for each in (HandOver, Registration, Congress))
TOKENS = table_of(AccessToken)


@dataclass(frozen=True)
class AskedHandOver(HandsTo):
    """The same as its link finds it, with the registration that is to be handed over."""

    id: int
    registration_id: int


@dataclass(frozen=True)
class Taken:
    """A registration that came of a link, and the congress it is for."""

    registration_id: int
    slug: str


COLUMNS = columns_of(HAND_OVERS, "given_name family_name email expires_at id registration_id")


def find(token: str, *, now: datetime) -> AskedHandOver | None:
    """Return what a link hands over, unless it was answered or taken back, or its time is over."""
    statement = select(*COLUMNS).where(
        HAND_OVERS.c.digest == tokens.digest(token), HAND_OVERS.c.expires_at > now
    )
    row = db.session.execute(statement).one_or_none()
    return AskedHandOver(*row) if row else None


def find_of(registration_id: int, *, now: datetime) -> AskedHandOver | None:
    """Return whom somebody named, while that is open."""
    statement = select(*COLUMNS).where(
        HAND_OVERS.c.registration_id == registration_id, HAND_OVERS.c.expires_at > now
    )
    row = db.session.execute(statement).one_or_none()
    return AskedHandOver(*row) if row else None


def find_taken(token: str) -> Taken | None:
    """Return what came of a link by which a place was taken over, unless it was revoked since."""
    statement = (
        select(TOKENS.c.registration_id, CONGRESSES.c.slug)
        .join(PEOPLE, PEOPLE.c.id == TOKENS.c.registration_id)
        .join(CONGRESSES, CONGRESSES.c.id == PEOPLE.c.congress_id)
        .where(
            TOKENS.c.digest == tokens.digest(token),
            TOKENS.c.purpose == HandOverLink.ACCEPT,
            TOKENS.c.revoked_at.is_(None),
        )
    )
    row = db.session.execute(statement).one_or_none()
    return Taken(*row) if row else None
