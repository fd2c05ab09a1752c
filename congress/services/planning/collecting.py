"""Documents, photos and links of workshops and congresses: sent in, published, withdrawn."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import CONTRIBUTOR, Actor
from congress.domain.planning.materials import (
    Described,
    MaterialFile,
    MaterialGone,
    MaterialKind,
    require_room,
)
from congress.domain.planning.partners import readable_workshops
from congress.domain.planning.workshop_reports import NotCarriedAnyMore
from congress.extensions import db
from congress.models import Contributor, Material
from congress.queries.planning import contributors, materials, partners
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction

MATERIALS = table_of(Material)
PAPERS = frozenset({MaterialKind.DOCUMENT, MaterialKind.MINUTES})


def send(
    contributor_id: int,
    item_id: int,
    described: Described,
    file: MaterialFile | None,
    *,
    now: datetime,
) -> None:
    """Keep what a dialogue partner hands in of their workshop, until organisers publish it.

    Without a file it is a link. Raises NotCarriedAnyMore and TooManyMaterials.
    """
    with transaction():
        congress_id = _hold_partner(contributor_id, item_id, now=now)
        _add(congress_id, item_id, described, file, actor=CONTRIBUTOR, now=now)


def take_back(contributor_id: int, item_id: int, material_id: int, *, now: datetime) -> None:
    """Remove what was handed in and nobody has published; again changes nothing.

    Raises NotCarriedAnyMore.
    """
    with transaction():
        congress_id = _hold_partner(contributor_id, item_id, now=now)
        row = _find(congress_id, material_id)
        if row is not None and row.item_id == item_id and row.is_sent and not row.is_published:
            db.session.delete(row)
            _record("material_removed", congress_id, item_id, CONTRIBUTOR, now)


def add(
    congress_id: int,
    item_id: int | None,
    described: Described,
    file: MaterialFile | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what an organiser adds, not yet published; without a file it is a link.

    Raises TooManyMaterials.
    """
    with transaction():
        publishing.hold(congress_id)
        _add(congress_id, item_id, described, file, actor=actor, now=now)


def describe(
    congress_id: int, material_id: int, described: Described, *, actor: Actor, now: datetime
) -> None:
    """Say otherwise what something is and whose. Raises MaterialGone."""
    with transaction():
        publishing.hold(congress_id)
        row = _get(congress_id, material_id)
        said: dict[str, Any] = {**vars(described), "title": dict(described.title)}
        del said["is_minutes"]  # which is a kind
        said["kind"] = _kind(MaterialKind(row.kind), described)
        if any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            _record("material_changed", congress_id, row.item_id, actor, now)


def show(congress_id: int, material_ids: Collection[int], *, actor: Actor, now: datetime) -> int:
    """Publish several of one workshop or of the congress itself; returns how many are new.

    Raises MaterialGone where one of them was removed.
    """
    with transaction():
        publishing.hold(congress_id)
        rows = [_get(congress_id, each) for each in sorted(material_ids)]
        new = [row for row in rows if not row.is_published]
        for row in new:
            row.is_published = True
        for place in {row.item_id for row in new}:
            count = sum(row.item_id == place for row in new)
            _record("materials_published", congress_id, place, actor, now, count=count)
        return len(new)


def withdraw(congress_id: int, material_id: int, *, actor: Actor, now: datetime) -> None:
    """Show something no longer; again changes nothing. Raises MaterialGone."""
    with transaction():
        publishing.hold(congress_id)
        row = _get(congress_id, material_id)
        if row.is_published:
            row.is_published = False
            _record("material_withdrawn", congress_id, row.item_id, actor, now)


def remove(congress_id: int, material_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete something for good, published or not; again changes nothing."""
    with transaction():
        publishing.hold(congress_id)
        row = _find(congress_id, material_id)
        if row is not None:
            db.session.delete(row)
            _record("material_removed", congress_id, row.item_id, actor, now)


def move(congress_id: int, moves: Mapping[date, date | None]) -> None:
    """Let what is of a module go along with it, inside a running transaction.

    What is of one that is no more is of the congress itself from then on.
    """
    here = select(Material).where(Material.congress_id == congress_id, Material.day.is_not(None))
    for row in db.session.scalars(here).all():
        row.day = moves.get(row.day, row.day) if row.day else None


def forget_old(*, now: datetime) -> int:
    """Delete what nobody has published a year after a congress; returns how many."""
    unseen = (MATERIALS.c.congress_id.in_(long_over(now)), MATERIALS.c.is_published.is_(False))
    with transaction():
        result = db.session.execute(delete(MATERIALS).where(*unseen))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _hold_partner(contributor_id: int, item_id: int, *, now: datetime) -> int:
    """Hold the congress of somebody who carries a workshop as its dialogue partner."""
    person = db.session.get(Contributor, contributor_id)
    if person is None:
        raise NotCarriedAnyMore
    congress_id = person.congress_id
    _, congress = publishing.hold(congress_id)
    known = contributors.find_known(congress_id, person.person_id)
    own = readable_workshops(
        known.parts if known else (),
        congress.state,
        named=partners.named_in(congress_id, known.name if known else ""),
        ends_at=congress.ends_at,
        now=now,
    )
    if item_id not in {part.item_id for part in own}:
        raise NotCarriedAnyMore
    return congress_id


def _add(
    congress_id: int,
    item_id: int | None,
    described: Described,
    file: MaterialFile | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    digest = hashlib.sha256(file.content).hexdigest() if file else ""
    title = dict(described.title)
    there = materials.of(congress_id, item_id)
    said = {(each.digest, each.described.url): each.described.title for each in there}
    if said.get((digest, described.url)) == title:
        return  # pressed twice
    require_room(len(there))
    row = Material(
        congress_id=congress_id,
        item_id=item_id,
        kind=_kind(file.kind, described) if file else MaterialKind.LINK,
        audience=described.audience,
        title=title,
        credit=described.credit,
        url="" if file else described.url,
        editors=described.editors,
        publisher=described.publisher,
        year=described.year,
        day=described.day,
        is_sent=actor == CONTRIBUTOR,
        added_at=now,
        digest=digest,
    )
    if file is not None:
        row.name, row.media_type, row.content = file.name, file.media_type, file.content
        row.size, row.width, row.height = len(file.content), file.width, file.height
        row.may_publish_at = now
    db.session.add(row)
    _record("material_added", congress_id, item_id, actor, now)


def _kind(kind: MaterialKind, described: Described) -> MaterialKind:
    """Return what a file is: of a document it is said whether it is minutes."""
    if kind not in PAPERS:
        return kind
    return MaterialKind.MINUTES if described.is_minutes else MaterialKind.DOCUMENT


def _get(congress_id: int, material_id: int) -> Material:
    row = _find(congress_id, material_id)
    if row is None:
        raise MaterialGone
    return row


def _find(congress_id: int, material_id: int) -> Material | None:
    return db.session.scalars(
        select(Material).where(Material.congress_id == congress_id, Material.id == material_id),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _record(
    verb: str,
    congress_id: int,
    item_id: int | None,
    actor: Actor,
    now: datetime,
    **details: int,
) -> None:
    db.session.flush()
    auditing.record(
        verb, actor=actor, now=now, congress_id=congress_id, item_id=item_id, details=details
    )
