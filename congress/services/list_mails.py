"""Mailing somebody the link to the files of a view, in a rhythm, until the congress is over."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from congress.base import table_of
from congress.domain.access import SYSTEM, Actor, Right, may
from congress.domain.attendee_views import SavedView, ViewEditedMeanwhile
from congress.domain.congresses import Congress
from congress.domain.list_mails import ListMailsOver, Rhythm
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import ListLinkFacts
from congress.domain.texts import in_language
from congress.extensions import db
from congress.formats import rhythm_words
from congress.models import ListMail, User
from congress.queries import attendee_views, congresses, team
from congress.queries import list_mails as queries
from congress.queries.list_mails import DueListMail
from congress.services import auditing
from congress.services.logins import accounts
from congress.transaction import transaction

MAILS = table_of(ListMail)


def mail_link(
    congress_id: int, view_id: int, rhythm: Rhythm, *, actor: Actor, now: datetime
) -> None:
    """Mail whoever acts the link of a view in a rhythm, instead of any earlier one.

    Raises ViewEditedMeanwhile where the view is gone, and ListMailsOver.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if congress.is_over(now):
            raise ListMailsOver
        view = _require_view(congress_id, view_id, actor)
        db.session.execute(delete(MAILS).where(*_whose(view_id, actor)))
        db.session.execute(
            insert(MAILS).values(
                congress_id=congress_id,
                view_id=view_id,
                user_id=actor.user_id,
                weekday=rhythm.weekday,
                hour=rhythm.hour,
                next_at=rhythm.next_at(congress.zone, now=now),
            )
        )
        details = {"weekday": rhythm.weekday, "hour": rhythm.hour}
        _record("list_mail_set", congress_id, view, actor=actor, now=now, **details)


def end_link(congress_id: int, view_id: int, *, actor: Actor, now: datetime) -> None:
    """Mail whoever acts the link of a view no more. Raises ViewEditedMeanwhile if it is gone."""
    with transaction():
        congresses.hold(congress_id)
        view = _require_view(congress_id, view_id, actor)
        found = db.session.execute(
            delete(MAILS).where(*_whose(view_id, actor)).returning(MAILS.c.id)
        )
        if found.all():
            _record("list_mail_ended", congress_id, view, actor=actor, now=now)


def next_step(*, now: datetime) -> bool:
    """Write the one link that has been due for longest; returns whether there was one.

    It ends by itself for whoever may not take files along any more, and when the congress is
    over. What was due several times, while the worker stood still, comes once.
    """
    due = queries.find_due(now=now)
    if due is None:
        return False
    with transaction():
        congress = congresses.with_content(congresses.hold(due.congress_id))
        mine = (MAILS.c.id == due.id, MAILS.c.next_at == due.mail.next_at)
        reader = None if congress.is_over(now) else _find_reader(due, now=now)
        if reader is None:
            ended = db.session.execute(delete(MAILS).where(*mine).returning(MAILS.c.id)).all()
            if ended:
                _record("list_mail_ended", congress.id, due.view, actor=SYSTEM, now=now)
            return True
        next_at = due.mail.rhythm.next_at(congress.zone, now=now)
        moved = update(MAILS).where(*mine).values(next_at=next_at).returning(MAILS.c.id)
        if db.session.execute(moved).all():  # else another worker was faster
            stated = _facts(congress, due, reader)
            accounts.store_mail(reader, MessageKind.LIST_LINK, stated, now=now)
    return True


def _require_view(congress_id: int, view_id: int, actor: Actor) -> SavedView:
    for each in attendee_views.views(congress_id, actor.user_id):
        if each.id == view_id:
            return each
    raise ViewEditedMeanwhile


def _whose(view_id: int, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return MAILS.c.view_id == view_id, MAILS.c.user_id == actor.user_id


def _find_reader(due: DueListMail, *, now: datetime) -> User | None:
    """Return whose link it is, while they may still take files along."""
    roles = {each.id: each.roles for each in team.members(due.congress_id, now=now)}
    if not may(roles.get(due.user_id, frozenset()), Right.EXPORT_ATTENDEES):
        return None
    return db.session.scalars(select(User).where(User.id == due.user_id, User.active)).one_or_none()


def _facts(congress: Congress, due: DueListMail, reader: User) -> ListLinkFacts:
    return {
        "name": reader.name,
        "title": in_language(congress.title, reader.language),
        "workspace": congress.slug,
        "view": due.view.name,
        "view_id": due.view.id,
        "rhythm": rhythm_words.in_words(due.mail.rhythm, reader.language),
    }


def _record(
    verb: str,
    congress_id: int,
    view: SavedView,
    *,
    actor: Actor,
    now: datetime,
    **details: int | None,
) -> None:
    """What a view of one's own is called is nobody else's business."""
    named = {"view": view.name} if view.is_shared else {}
    auditing.record(
        verb, actor=actor, now=now, congress_id=congress_id, details={**named, **details}
    )
