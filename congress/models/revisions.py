"""The revision of what the public sees, raised in one place whoever writes.

Finished pages and feeds are kept by it. Counters of places are written past the rows, by
`services.places`, which raises `revision` itself.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect, or_, select, update
from sqlalchemy.orm import Session, SessionTransaction

from congress.base import Base, table_of
from congress.models.calls import Call
from congress.models.congresses import Congress, CongressDay, CongressOrganisation
from congress.models.course_applications import CourseCall
from congress.models.hosts import ItemHost
from congress.models.market import MarketAgreement, MarketParty
from congress.models.materials import Material
from congress.models.newsletters import Newsletter
from congress.models.organisations import Organisation
from congress.models.programme import Contributor, ProgrammeItem, WorkshopReport
from congress.models.recommendations import Recommendation
from congress.models.topics import MeetingTopic, TopicRound

CONGRESSES, CARRIERS = table_of(Congress), table_of(CongressOrganisation)
TOPICS, ROUNDS = table_of(MeetingTopic), table_of(TopicRound)
# What lets all finished pages of a congress be made anew, for statements that the session misses.
ANEW = {
    "revision": CONGRESSES.c.revision + 1,
    "content_revision": CONGRESSES.c.content_revision + 1,
}
RAISED = "congresses_raised"  # in the session: once in a transaction is enough
UNSEEN = {
    Congress: frozenset(
        {"id", "revision", "content_revision", "edition_of_id", "created_at", "rooms"}
    ),
    ProgrammeItem: frozenset(
        # Working values, which the public sees by release only.
        {"title", "short_title", "abstract", "starts_at", "ends_at", "room_id", "cancelled"}
        | {"room", "online_link", "contributions"}
        | {"minimum_by", "minimum_asked_at", "minimum_settled_at"}
    ),
    Contributor: frozenset(
        {"person_id", "email", "language", "invited_at", "nonce", "key_id", "digest", "draft"}
    ),
    WorkshopReport: frozenset({"item_id", "needs", "needs_at", "needs_seen_at", "draft"}),
    Material: frozenset[str](),
    Recommendation: frozenset[str](),
    MarketAgreement: frozenset[str](),
    ItemHost: frozenset({"organisation_id"}),
    MarketParty: frozenset({"registration_id", "organisation_id"}),
    Call: frozenset[str](),
    CourseCall: frozenset[str](),
    Newsletter: frozenset[str](),
    Organisation: frozenset(
        {"suggested", "ags", "search", "district", "sector", "inhabitants"}
        | {"valid_from", "valid_until", "successor_id"}
    ),
    CongressDay: frozenset[str](),
    CongressOrganisation: frozenset[str](),
}


@event.listens_for(Session, "before_flush")
def _raise_revisions(session: Session, *_others: object) -> None:
    changed = [row for row in session.dirty if _is_seen(row)]
    changed += [row for row in (*session.new, *session.deleted) if type(row) in UNSEEN]
    if not changed:
        return
    raised: set[int] = session.info.setdefault(RAISED, set())
    congresses = {number for row in changed for number in _congresses_of(row)} - raised
    raised |= congresses
    organisations = [row.id for row in changed if isinstance(row, Organisation) and row.id]
    shown = select(CARRIERS.c.congress_id).where(CARRIERS.c.organisation_id.in_(organisations))
    which = [CONGRESSES.c.id.in_(congresses)] if congresses else []
    treated = select(ROUNDS.c.congress_id).join(TOPICS, TOPICS.c.round_id == ROUNDS.c.id)
    named = treated.where(TOPICS.c.organisation_id.in_(organisations))
    which += [CONGRESSES.c.id.in_(each) for each in (shown, named)] if organisations else []
    if which:
        session.execute(update(CONGRESSES).where(or_(*which)).values(ANEW))


@event.listens_for(Session, "after_flush")
def _note_new(session: Session, *_others: object) -> None:
    """A congress that is new in this transaction has no pages that could be out of date."""
    new = {row.id for row in session.new if isinstance(row, Congress)}
    session.info.setdefault(RAISED, set()).update(new)


@event.listens_for(Session, "after_transaction_end")
def _begin_anew(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(RAISED, None)


def _is_seen(row: Base) -> bool:
    """Whether the public sees any of what changed in a row, or in what hangs on it.

    Days and organisations that come and go show in the collections of their congress only: before
    the flush they do not name it yet, or are no orphans yet.
    """
    unseen = UNSEEN.get(type(row))
    if unseen is None:
        return False
    state: Any = inspect(row)
    names = set(state.mapper.attrs.keys()) - unseen
    return any(state.attrs[name].history.has_changes() for name in names)


def _congresses_of(row: Base) -> Iterator[int]:
    """The congress a row belongs to; a new congress has no pages yet."""
    number = row.id if isinstance(row, Congress) else getattr(row, "congress_id", None)
    if number is not None:
        yield number
