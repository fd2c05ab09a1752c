"""Places that are to be handed over: found by their links, and of whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.names import full_name
from congress.domain.tokens import HandOverLink
from congress.extensions import db
from congress.models import AccessToken, Congress, HandOver, Registration

HAND_OVERS, PEOPLE, CONGRESSES = (table_of(each) for each in (HandOver, Registration, Congress))
TOKENS = table_of(AccessToken)


@dataclass(frozen=True)
class AskedHandOver:
    """Whom somebody named to come instead, and until when the link counts."""

    id: int
    registration_id: int
    given_name: str
    family_name: str
    email: str
    expires_at: datetime

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class Taken:
    """A registration that came of a link, and the congress it is for."""

    registration_id: int
    slug: str


COLUMNS = columns_of(HAND_OVERS, "id registration_id given_name family_name email expires_at")


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
