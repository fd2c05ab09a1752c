"""A text of the network: begun, revised, put up for comments, adopted; each time with its log."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.network.network_texts import (
    Adoption,
    AnswersMissing,
    CommentsStillOpen,
    NextHasBegun,
    TextKind,
    VersionEditedMeanwhile,
    VersionFacts,
    VersionOpenAlready,
    VersionState,
    VersionStep,
    VersionStepNotPossible,
    after,
    is_waiting,
)
from congress.domain.slugs import free_code
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import NetworkText, NetworkTextComment, NetworkTextVersion
from congress.queries.network import texts
from congress.services import auditing
from congress.transaction import transaction

VERSIONS, COMMENTS = table_of(NetworkTextVersion), table_of(NetworkTextComment)
NOTHING = VersionFacts({})


def add(kind: TextKind, title: Texts, facts: VersionFacts, *, actor: Actor, now: datetime) -> int:
    """Begin a text with the draft of its first version; returns its number."""
    with transaction():
        code = free_code(title["de"], texts.codes())
        row = NetworkText(code=code, kind=kind, title=dict(title), created_at=now)
        db.session.add(row)
        db.session.flush()
        _add_version(row, 1, facts, now=now)
        _record("text_added", row, actor=actor, now=now)
        return row.id


def describe(text_id: int, kind: TextKind, title: Texts, *, actor: Actor, now: datetime) -> None:
    """Call a text otherwise; its address stays. The same again changes nothing."""
    with transaction():
        row = hold(text_id)
        if (row.kind, row.title) != (kind, dict(title)):
            row.kind, row.title = kind, dict(title)
            _record("text_described", row, actor=actor, now=now)


def begin(text_id: int, *, today: date, actor: Actor, now: datetime) -> int:
    """Begin the next version with what the last one says; returns its number in the address.

    Raises VersionOpenAlready and CommentsStillOpen.
    """
    with transaction():
        text = hold(text_id)
        last = db.session.scalars(
            select(NetworkTextVersion)
            .where(NetworkTextVersion.text_id == text_id)
            .order_by(NetworkTextVersion.number.desc())
            .limit(1)
        ).one()
        if last.state == VersionState.DRAFT:
            raise VersionOpenAlready
        if is_waiting(VersionState(last.state), last.comments_until, today):
            raise CommentsStillOpen
        row = _add_version(text, last.number + 1, VersionFacts(last.body), now=now)
        _record("text_version_begun", text, row, actor=actor, now=now)
        return row.number


def revise(
    text_id: int, number: int, facts: VersionFacts, *, version: str, actor: Actor, now: datetime
) -> None:
    """Say something else in a draft.

    Raises VersionStepNotPossible where it is none any more, and VersionEditedMeanwhile.
    """
    with transaction():
        text, row = _held(text_id, number)
        if row.state != VersionState.DRAFT:
            raise VersionStepNotPossible(VersionState(row.state))
        before = texts.facts_of(row)
        if before.version != version:
            raise VersionEditedMeanwhile
        if before != facts:
            row.body, row.changes = dict(facts.body), dict(facts.changes)
            _record("text_version_changed", text, row, actor=actor, now=now)


def open_comments(
    text_id: int, number: int, until: date, *, today: date, actor: Actor, now: datetime
) -> None:
    """Let municipalities comment on a version until the end of a day, or until another day.

    Raises VersionStepNotPossible, and NextHasBegun where a later version was begun meanwhile.
    """
    with transaction():
        text, row = _held(text_id, number)
        state = VersionState(row.state)
        if state is VersionState.IN_COMMENT:
            if row.comments_until != until:
                _require_last(row)
                row.comments_until = until
                _record("text_comments_prolonged", text, row, actor=actor, now=now)
            return
        row.state = after(state, VersionStep.OPEN)
        row.comments_from, row.comments_until = today, until
        _record("text_comments_opened", text, row, actor=actor, now=now)


def adopt(
    text_id: int, number: int, adoption: Adoption, *, today: date, actor: Actor, now: datetime
) -> None:
    """Put a version in force; the one before, and those that were commented on, are superseded.

    With it everybody sees the answers to comments. Raises VersionStepNotPossible,
    CommentsStillOpen and AnswersMissing.
    """
    with transaction():
        text, row = _held(text_id, number)
        state = after(VersionState(row.state), VersionStep.ADOPT)
        others = _others(text.id, row.id)
        for each in (row, *others):
            if is_waiting(VersionState(each.state), each.comments_until, today):
                raise CommentsStillOpen
        _require_answers([row.id, *(each.id for each in others)])
        for each in others:
            each.state = after(VersionState(each.state), VersionStep.SUPERSEDE)
        row.state, row.adopted_on, row.adopted_by = state, adoption.day, adoption.by
        _record("text_adopted", text, row, actor=actor, now=now)


def hold(text_id: int) -> NetworkText:
    """Lock a text that is there, and with it all of its versions."""
    return db.session.scalars(
        select(NetworkText).where(NetworkText.id == text_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()


def _held(text_id: int, number: int) -> tuple[NetworkText, NetworkTextVersion]:
    text = hold(text_id)
    row = db.session.scalars(
        select(NetworkTextVersion).where(
            NetworkTextVersion.text_id == text_id, NetworkTextVersion.number == number
        ),
        execution_options={"populate_existing": True},
    ).one()
    return text, row


def _others(text_id: int, version_id: int) -> list[NetworkTextVersion]:
    """Return the other versions that are in force or were put up for comments."""
    return list(
        db.session.scalars(
            select(NetworkTextVersion).where(
                NetworkTextVersion.text_id == text_id,
                NetworkTextVersion.id != version_id,
                NetworkTextVersion.state.in_([VersionState.ADOPTED, VersionState.IN_COMMENT]),
            ),
            execution_options={"populate_existing": True},
        )
    )


def _require_last(row: NetworkTextVersion) -> None:
    later = select(VERSIONS.c.id).where(
        VERSIONS.c.text_id == row.text_id, VERSIONS.c.number > row.number
    )
    if db.session.scalars(later.limit(1)).one_or_none() is not None:
        raise NextHasBegun


def _require_answers(version_ids: list[int]) -> None:
    waiting = select(func.count()).where(
        COMMENTS.c.version_id.in_(version_ids), COMMENTS.c.answer.is_(None)
    )
    if db.session.scalars(waiting).one():
        raise AnswersMissing


def _add_version(
    text: NetworkText, number: int, facts: VersionFacts, *, now: datetime
) -> NetworkTextVersion:
    row = NetworkTextVersion(
        text_id=text.id,
        number=number,
        state=VersionState.DRAFT,
        body=dict(facts.body),
        changes=dict(facts.changes),
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _record(
    verb: str,
    text: NetworkText,
    version: NetworkTextVersion | None = None,
    *,
    actor: Actor,
    now: datetime,
    **more: Any,  # noqa: ANN401 - what else the line says
) -> None:
    said = {"text_id": text.id, "title": text.title.get("de", ""), **more}
    if version is not None:
        said["number"] = version.number
    auditing.record(verb, actor=actor, now=now, details=said)
