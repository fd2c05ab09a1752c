"""Photos of people in a programme: sent by their link, shown once organisers publish them."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select, update

from congress.base import table_of
from congress.domain.access import CONTRIBUTOR, Actor
from congress.domain.planning.portraits import Beside, Photo
from congress.domain.planning.profiles import ProfileUnseen
from congress.extensions import db
from congress.models import Congress, Portrait
from congress.models.revisions import ANEW
from congress.services import auditing
from congress.services.planning import introducing, inviting, publishing
from congress.transaction import transaction

PORTRAITS, CONGRESSES = table_of(Portrait), table_of(Congress)


def suggest(contributor_id: int, photo: Photo, beside: Beside, *, now: datetime) -> None:
    """Keep a photo of themselves that somebody sends, until organisers publish it.

    Raises NotAskedAnyMore for who is not in the programme, or when it is over.
    """
    with transaction():
        row = introducing.hold_asked(contributor_id, now=now)
        _store(row.id, photo, beside, is_draft=True, now=now)
        _record("profile_suggested", row.congress_id, actor=CONTRIBUTOR, now=now)


def show(
    congress_id: int, person_id: int, photo: Photo, beside: Beside, *, actor: Actor, now: datetime
) -> None:
    """Show a photo that an organiser has sent, instead of any other."""
    with transaction():
        publishing.hold(congress_id)
        row = inviting.row_of(congress_id, person_id)
        db.session.execute(delete(PORTRAITS).where(PORTRAITS.c.contributor_id == row.id))
        _store(row.id, photo, beside, is_draft=False, now=now)
        _changed(congress_id)
        _record("profile_published", congress_id, actor=actor, now=now)


def publish(congress_id: int, person_id: int, *, seen: str, actor: Actor, now: datetime) -> None:
    """Show the photo that somebody has sent, if it is the one that was `seen`.

    Raises ProfileUnseen.
    """
    with transaction():
        publishing.hold(congress_id)
        row = inviting.row_of(congress_id, person_id)
        of_person = PORTRAITS.c.contributor_id == row.id
        draft = of_person & PORTRAITS.c.is_draft.is_(True)
        if db.session.scalars(select(PORTRAITS.c.digest).where(draft)).one_or_none() != seen:
            raise ProfileUnseen
        db.session.execute(delete(PORTRAITS).where(of_person, PORTRAITS.c.is_draft.is_(False)))
        db.session.execute(update(PORTRAITS).where(draft).values(is_draft=False))
        _changed(congress_id)
        _record("profile_published", congress_id, actor=actor, now=now)


def remove(congress_id: int, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete every photo of somebody; it counts at once, whoever wants it."""
    with transaction():
        publishing.hold(congress_id)
        row = inviting.row_of(congress_id, person_id)
        own = PORTRAITS.c.contributor_id == row.id
        if db.session.scalars(select(PORTRAITS.c.id).where(own)).first() is None:
            return
        db.session.execute(delete(PORTRAITS).where(own))
        _changed(congress_id)
        _record("photo_removed", congress_id, actor=actor, now=now)


def _store(
    contributor_id: int, photo: Photo, beside: Beside, *, is_draft: bool, now: datetime
) -> None:
    same = (PORTRAITS.c.contributor_id == contributor_id, PORTRAITS.c.is_draft.is_(is_draft))
    db.session.execute(delete(PORTRAITS).where(*same))
    db.session.add(
        Portrait(
            contributor_id=contributor_id,
            is_draft=is_draft,
            content=photo.content,
            media_type=photo.media_type,
            width=photo.width,
            height=photo.height,
            digest=hashlib.sha256(photo.content).hexdigest(),
            alt=dict(beside.alt),
            credit=beside.credit,
            may_show_at=now,
        )
    )
    db.session.flush()


def _changed(congress_id: int) -> None:
    """Let finished pages of the congress be made anew."""
    db.session.execute(update(CONGRESSES).where(CONGRESSES.c.id == congress_id).values(ANEW))


def _record(verb: str, congress_id: int, *, actor: Actor, now: datetime) -> None:
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, fields=("photo",))
