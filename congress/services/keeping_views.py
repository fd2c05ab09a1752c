"""Saving, renaming and deleting views of the attendee list; what is shared stands in the log."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.attendee_views import (
    SavedView,
    View,
    ViewEditedMeanwhile,
    ViewNamedAlready,
    named_alike,
    require_few,
)
from congress.extensions import db
from congress.models import AttendeeView
from congress.queries import attendee_views, congresses
from congress.services import auditing
from congress.transaction import transaction

VIEWS = table_of(AttendeeView)


def save_view(
    congress_id: int, wanted: View, *, replaces: str, actor: Actor, now: datetime
) -> None:
    """Store a view under a new name, or in place of the one whose version `replaces` is.

    Raises ViewNamedAlready where another one has this name, and EnoughViews. The same view sent
    twice is stored once.
    """
    with transaction():
        known = _hold(congress_id, actor)
        standing = named_alike(known, wanted)
        if standing is not None and standing.version not in {replaces, wanted.version}:
            raise ViewNamedAlready
        values = {"name": wanted.name, "name_key": wanted.name_key, "query": wanted.query}
        if standing is None:
            require_few(known, wanted)
            whose = {
                "congress_id": congress_id,
                "user_id": None if wanted.is_shared else actor.user_id,
            }
            db.session.execute(insert(VIEWS).values(whose | values))
            _record("view_shared", wanted, congress_id, actor=actor, now=now)
        elif standing.version != wanted.version:
            db.session.execute(update(VIEWS).where(VIEWS.c.id == standing.id).values(values))
            _record("view_replaced", wanted, congress_id, actor=actor, now=now)


def rename_view(
    congress_id: int, view_id: int, name: str, *, version: str, actor: Actor, now: datetime
) -> None:
    """Give a view another name. Raises ViewEditedMeanwhile and ViewNamedAlready."""
    with transaction():
        known = _hold(congress_id, actor)
        seen = _require_unchanged(known, view_id, version)
        wanted = replace(seen, name=name)
        other = named_alike(known, wanted)
        if other is not None and other.id != seen.id:
            raise ViewNamedAlready
        values = {"name": wanted.name, "name_key": wanted.name_key}
        db.session.execute(update(VIEWS).where(VIEWS.c.id == seen.id).values(values))
        if wanted.name != seen.name:
            _record("view_renamed", wanted, congress_id, before=seen.name, actor=actor, now=now)


def delete_view(
    congress_id: int, view_id: int, *, version: str, actor: Actor, now: datetime
) -> None:
    """Delete a view; the list and its addresses stay. Raises ViewEditedMeanwhile."""
    with transaction():
        seen = _require_unchanged(_hold(congress_id, actor), view_id, version)
        db.session.execute(delete(VIEWS).where(VIEWS.c.id == seen.id))
        _record("view_deleted", seen, congress_id, actor=actor, now=now)


def _hold(congress_id: int, actor: Actor) -> list[SavedView]:
    """Return the views while nobody else saves one."""
    congresses.hold(congress_id)
    return attendee_views.views(congress_id, actor.user_id)


def _require_unchanged(known: Iterable[SavedView], view_id: int, version: str) -> SavedView:
    for each in known:
        if (each.id, each.version) == (view_id, version):
            return each
    raise ViewEditedMeanwhile


def _record(
    verb: str, view: View, congress_id: int, *, before: str = "", actor: Actor, now: datetime
) -> None:
    """What somebody keeps for themselves concerns nobody else."""
    if view.is_shared:
        details = {"view": view.name} | ({"before": before} if before else {})
        auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
