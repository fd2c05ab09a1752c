"""What municipalities say about a version of a text, and what the office answers."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from congress.base import table_of
from congress.domain.access import CONTACT, Actor
from congress.domain.network.contacts import Contact, TermNotInForce
from congress.domain.network.network_texts import (
    KEPT_AFTER_COMMENTS,
    MOST_COMMENTS,
    Answer,
    CommentEditedMeanwhile,
    CommentsOver,
    TooManyComments,
    VersionState,
    VersionStepNotPossible,
    mark_of,
    takes_comments,
)
from congress.extensions import db, settings
from congress.models import NetworkText, NetworkTextComment, NetworkTextVersion
from congress.queries.network import contacts
from congress.services import auditing
from congress.transaction import transaction

COMMENTS, VERSIONS = table_of(NetworkTextComment), table_of(NetworkTextVersion)


def comment(
    contact_id: int, version_id: int, section: str, body: str, *, today: date, now: datetime
) -> int:
    """Say something about a version for one's organisation; pressed twice it is said once.

    Raises TermNotInForce, CommentsOver and TooManyComments.
    """
    with transaction():
        contact, text, version = _open(contact_id, version_id, today)
        own = (
            COMMENTS.c.version_id == version.id,
            COMMENTS.c.organisation_id == contact.organisation_id,
        )
        same = select(COMMENTS.c.id).where(
            *own, COMMENTS.c.section == section, COMMENTS.c.body == body
        )
        known: int | None = db.session.scalars(same.limit(1)).one_or_none()
        if known is not None:
            return known
        if db.session.scalars(select(func.count()).where(*own)).one() >= MOST_COMMENTS:
            raise TooManyComments
        row = NetworkTextComment(
            version_id=version.id,
            organisation_id=contact.organisation_id,
            contact_id=contact.id,
            section=section,
            body=body,
            written_at=now,
        )
        db.session.add(row)
        db.session.flush()
        _record("text_commented", text, row, actor=CONTACT, now=now)
        return row.id


def correct(
    contact_id: int,
    comment_id: int,
    section: str,
    body: str,
    *,
    seen: str,
    today: date,
    now: datetime,
) -> None:
    """Say it otherwise; `seen` is the mark of what stood there when the form was opened.

    Raises TermNotInForce, CommentsOver and CommentEditedMeanwhile.
    """
    with transaction():
        text, row = _own(contact_id, comment_id, today)
        if row is None or _mark(row) != seen:
            raise CommentEditedMeanwhile
        if (row.section, row.body) != (section, body):
            row.section, row.body, row.contact_id = section, body, contact_id
            row.written_at = now
            row.answer, row.answer_words, row.answered_at = None, "", None
            _record("text_comment_corrected", text, row, actor=CONTACT, now=now)


def withdraw(contact_id: int, comment_id: int, *, today: date, now: datetime) -> None:
    """Take a comment back; again changes nothing. Raises TermNotInForce and CommentsOver."""
    with transaction():
        text, row = _own(contact_id, comment_id, today)
        if row is not None:
            _record("text_comment_withdrawn", text, row, actor=CONTACT, now=now)
            db.session.delete(row)


def answer(
    comment_id: int, given: Answer, words: str, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Answer a comment, as long as nobody but the office sees the answer.

    `seen` is the mark of what whoever answers has read. Raises CommentEditedMeanwhile, and
    VersionStepNotPossible once the answers are public.
    """
    with transaction():
        found = _row(comment_id)
        if found is None:
            raise CommentEditedMeanwhile
        text, version = _held(found.version_id)
        row = _row(comment_id)  # as it stands now that nobody else can change it
        if row is None or _mark(row) != seen:
            raise CommentEditedMeanwhile
        if version.state != VersionState.IN_COMMENT:
            raise VersionStepNotPossible(VersionState(version.state))
        if (row.answer, row.answer_words) != (given, words):
            row.answer, row.answer_words, row.answered_at = given, words, now
            _record("text_comment_answered", text, row, actor=actor, now=now)


def forget_old(*, now: datetime) -> int:
    """Forget who wrote comments, a year after the last day for them; returns how many."""
    zone = ZoneInfo(settings().timezone)
    last = now.astimezone(zone).date() - KEPT_AFTER_COMMENTS
    over = select(VERSIONS.c.id).where(VERSIONS.c.comments_until < last)
    with transaction():
        result = db.session.execute(
            update(COMMENTS)
            .where(COMMENTS.c.version_id.in_(over), COMMENTS.c.contact_id.is_not(None))
            .values(contact_id=None)
        )
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def _open(
    contact_id: int, version_id: int, today: date
) -> tuple[Contact, NetworkText, NetworkTextVersion]:
    contact = contacts.find(contact_id)
    if contact is None or not contact.term.holds_on(today):
        raise TermNotInForce
    text, version = _held(version_id)
    state = VersionState(version.state)
    if not takes_comments(state, version.comments_from, version.comments_until, today):
        raise CommentsOver
    return contact, text, version


def _own(
    contact_id: int, comment_id: int, today: date
) -> tuple[NetworkText, NetworkTextComment | None]:
    """Return a comment of somebody's organisation, and nothing where it is gone."""
    found = db.session.get(NetworkTextComment, comment_id)
    if found is None:
        raise CommentEditedMeanwhile
    contact, text, _version = _open(contact_id, found.version_id, today)
    row = _row(comment_id)
    if row is not None and row.organisation_id != contact.organisation_id:
        row = None
    return text, row


def _mark(row: NetworkTextComment) -> str:
    return mark_of(row.section, row.body, row.answer, row.answer_words)


def _row(comment_id: int) -> NetworkTextComment | None:
    return db.session.get(NetworkTextComment, comment_id, populate_existing=True)


def _held(version_id: int) -> tuple[NetworkText, NetworkTextVersion]:
    """Lock the text of a version, so that it does not change its state meanwhile."""
    of = select(VERSIONS.c.text_id).where(VERSIONS.c.id == version_id).scalar_subquery()
    text = db.session.scalars(
        select(NetworkText).where(NetworkText.id == of).with_for_update()
    ).one()
    version = db.session.get_one(NetworkTextVersion, version_id, populate_existing=True)
    return text, version


def _record(
    verb: str, text: NetworkText, row: NetworkTextComment, *, actor: Actor, now: datetime
) -> None:
    said: dict[str, Any] = {
        "text_id": text.id,
        "title": text.title.get("de", ""),
        "organisation": row.organisation_id,
        "comment": row.id,
    }
    auditing.record(verb, actor=actor, now=now, details=said)
