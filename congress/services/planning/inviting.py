"""Asking people of a programme by mail whether they take part, and taking their answers.

A link is one person's in one congress and leads to all they do there. It stays the same when it
is sent again; another address, or an organiser, ends it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, func, select, update

from congress.base import table_of
from congress.domain.access import CONTRIBUTOR, Actor, Right
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.programme_letters import ContributorFacts, PartFacts
from congress.domain.people import fold_email
from congress.domain.planning.contributors import (
    INVITED_WITHIN,
    Contributor,
    InvitationsUnseen,
    NobodyToInvite,
    NotAskedAnyMore,
    Part,
    answers_count,
    mark_of,
    require_answerable,
    require_few,
)
from congress.domain.planning.partners import require_may_open_names
from congress.domain.programme import PersonState
from congress.domain.texts import in_language
from congress.domain.tokens import PersonLink
from congress.extensions import db
from congress.formats.contribution_words import role_name
from congress.formats.letters import Wording
from congress.models import (
    Contribution,
    OutboxMessage,
    Portrait,
    ProgrammeItem,
)
from congress.models import Contributor as Row
from congress.queries import accounts, congresses
from congress.queries.planning import contributors
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.mails import drafting, facts, showing, telling
from congress.services.planning import adopting, publishing, unlinking
from congress.services.tokens import fresh, make_again
from congress.transaction import transaction

KIND = MessageKind.CONTRIBUTION_ASKED
CONTRIBUTORS, MAILS = table_of(Row), table_of(OutboxMessage)
DOES, ITEMS, PORTRAITS = map(table_of, (Contribution, ProgrammeItem, Portrait))
NO_LINK: dict[str, Any] = {"nonce": None, "key_id": None, "digest": None}


@dataclass(frozen=True)
class Preview:
    """Whom invitations would reach, and one of them in each language."""

    people: tuple[Contributor, ...]
    left_out: tuple[Contributor, ...]  # without an address or anything to do
    samples: tuple[tuple[Contributor, Wording], ...]
    seen: str


def set_address(
    congress_id: int, person_id: int, email: str, language: str, *, actor: Actor, now: datetime
) -> None:
    """Note how somebody in the programme is reached; another address ends the link to the old.

    Raises NamesNotYours.
    """
    with transaction():
        publishing.hold(congress_id)
        row = row_of(congress_id, person_id)
        fields = []
        if row.email != email:
            require_may_reach(congress_id, [person_id], actor, now=now)
            fields.append("email")
        if row.language != language:
            fields.append("language")
        if not fields:
            return
        if fold_email(row.email) != fold_email(email):
            unlinking.end(row)
        row.email, row.language = email, language
        auditing.record(
            "contributor_edited", actor=actor, now=now, congress_id=congress_id, fields=fields
        )


def preview(congress_id: int, person_ids: Collection[int], *, now: datetime) -> Preview:
    """Return whom letters would reach, and how they would look. Writes nothing."""
    congress = congresses.get_congress(congress_id)
    chosen = [each.as_known for each in contributors.of_congress(congress_id, person_ids)]
    people = [each for each in chosen if each.can_be_invited]
    first = {each.language: each for each in reversed(people)}
    return Preview(
        people=tuple(people),
        left_out=tuple(each for each in chosen if not each.can_be_invited),
        samples=tuple(
            (each, _in_words(congress, each, now=now)) for _language, each in sorted(first.items())
        ),
        seen=mark_of(people),
    )


def invite(
    congress_id: int, person_ids: Collection[int], *, seen: str, actor: Actor, now: datetime
) -> int:
    """Write to these people as was `seen`; returns to how many.

    Raises NotAskedAnyMore, NobodyToInvite, NamesNotYours, InvitedEnough, and InvitationsUnseen,
    also for a form sent twice.
    """
    with transaction():
        _, congress = publishing.hold(congress_id)
        if not answers_count(congress.state, is_over=congress.is_over(now)):
            raise NotAskedAnyMore
        chosen = [each.as_known for each in contributors.of_congress(congress_id, person_ids)]
        people = [each for each in chosen if each.can_be_invited]
        if not people:
            raise NobodyToInvite
        if mark_of(people) != seen:
            raise InvitationsUnseen
        require_may_reach(congress_id, [each.person_id for each in people], actor, now=now)
        require_few(_sent(congress_id, now), [fold_email(each.email) for each in people])
        mails = [
            letter(congress, each, KIND, partial(stated, congress, each), now=now)
            for each in people
        ]
        telling.store(mails, now=now)
        details = {"count": len(people)}
        auditing.record(
            "contributors_invited", actor=actor, now=now, congress_id=congress_id, details=details
        )
    return len(people)


def answer(
    contributor_id: int, contribution_id: int, state: PersonState, note: str, *, now: datetime
) -> None:
    """Take what somebody says of one thing they are asked to do; it can be said anew.

    The public hears of it by the next release, like of everything else. Raises NotAskedAnyMore.
    """
    with transaction():
        row = db.session.get(Row, contributor_id)
        if row is None:
            raise NotAskedAnyMore
        congress_id, person_id = row.congress_id, row.person_id
        _, congress = publishing.hold(congress_id)
        person = contributors.find_known(congress_id, person_id)
        parts = {part.id: part for part in person.parts} if person else {}
        part = require_answerable(
            parts.get(contribution_id), congress.state, is_over=congress.is_over(now)
        )
        is_said = (part.state, part.note) == (state, note) and part.answered_at
        if is_said and not part.moved_since:
            return
        db.session.execute(
            update(DOES).where(DOES.c.id == part.id).values(state=state, note=note, answered_at=now)
        )
        auditing.record(
            "contribution_answered",
            actor=CONTRIBUTOR,
            now=now,
            congress_id=congress_id,
            item_id=part.item_id,
            details={"state": state, "before": part.state},
        )


def end_link(congress_id: int, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Let somebody's link open nothing any more; who is in the programme no longer is forgotten."""
    with transaction():
        publishing.hold(congress_id)
        row = _find_row(congress_id, person_id)
        if row is None:
            return
        unlinking.end(row)
        person = contributors.find(congress_id, person_id)
        if person is not None and not person.parts:
            adopting.forget_contributor(row)
        auditing.record("contributor_link_ended", actor=actor, now=now, congress_id=congress_id)


def forget_old(*, now: datetime) -> int:
    """Forget addresses, links, lines and drafts a year after a congress; returns of how many."""
    over = long_over(now)
    with transaction():
        old = CONTRIBUTORS.c.congress_id.in_(over)
        known = old & (
            (CONTRIBUTORS.c.email != "")
            | CONTRIBUTORS.c.nonce.is_not(None)
            | CONTRIBUTORS.c.draft.is_not(None)
        )
        result = db.session.execute(
            update(CONTRIBUTORS).where(known).values(email="", draft=None, **NO_LINK)
        )
        items = select(ITEMS.c.id).where(ITEMS.c.congress_id.in_(over))
        said = DOES.c.item_id.in_(items) & (DOES.c.note != "")
        db.session.execute(update(DOES).where(said).values(note=""))
        of_old = select(CONTRIBUTORS.c.id).where(old)
        drafts = PORTRAITS.c.is_draft.is_(True) & PORTRAITS.c.contributor_id.in_(of_old)
        db.session.execute(delete(PORTRAITS).where(drafts))
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def require_may_reach(
    congress_id: int, person_ids: Collection[int], actor: Actor, *, now: datetime
) -> None:
    """Refuse that somebody says which mailbox opens lists of names. Raises NamesNotYours."""
    parts = [
        part for each in contributors.of_congress(congress_id, person_ids) for part in each.parts
    ]
    sees = accounts.is_allowed(actor, Right.SEE_ATTENDEES, congress_id, now=now)
    require_may_open_names(parts, sees_attendees=sees)


def _sent(congress_id: int, now: datetime) -> dict[str, int]:
    """Return how many letters went to each address within the last hour.

    One that an ended link took back was not sent.
    """
    rows = db.session.execute(
        select(MAILS.c.recipient_key, func.count())
        .where(
            MAILS.c.congress_id == congress_id,
            MAILS.c.kind == KIND,
            MAILS.c.created_at > now - INVITED_WITHIN,
        )
        .group_by(MAILS.c.recipient_key)
    )
    return {row[0]: row[1] for row in rows}


def row_of(congress_id: int, person_id: int) -> Row:
    """Return what the congress knows of somebody in its programme, new where it knew nothing."""
    row = _find_row(congress_id, person_id)
    if row is None:
        row = Row(congress_id=congress_id, person_id=person_id, email="", language="de", **NO_LINK)
        db.session.add(row)
        db.session.flush()
    return row


def _find_row(congress_id: int, person_id: int) -> Row | None:
    return db.session.scalars(
        select(Row).where(Row.congress_id == congress_id, Row.person_id == person_id),
        execution_options={"populate_existing": True},
    ).one_or_none()


def letter(
    congress: Congress,
    person: Contributor,
    kind: MessageKind,
    stated: Callable[[int], Any],
    *,
    now: datetime,
) -> drafting.Row:
    """Return a mail that brings somebody their link; only an invitation makes one.

    So nobody who publishes a programme opens lists of names with it.
    """
    row = row_of(congress.id, person.person_id)
    if kind is KIND:
        row.invited_at = now
        _require_link(row)
    db.session.flush()
    return {
        "kind": kind,
        "message_id": drafting.new_message_id(),
        "congress_id": congress.id,
        "registration_id": None,
        "language": person.language,
        "facts": stated(row.id),
        **facts.mailbox(person.email, person.name),
    }


def _require_link(row: Row) -> None:
    if row.nonce is None or make_again(PersonLink.CONTRIBUTOR, row.nonce, row.key_id or "") is None:
        _link, kept = fresh(PersonLink.CONTRIBUTOR)
        row.nonce, row.key_id, row.digest = kept["nonce"], kept["key_id"], kept["digest"]


def stated(congress: Congress, person: Contributor, contributor_id: int) -> ContributorFacts:
    """Return what an invitation states: what is asked, and what somebody has agreed to."""

    def of(parts: Sequence[Part]) -> list[PartFacts]:
        return [part_facts(each, person.language) for each in parts]

    return {
        "congress": facts.of_congress(congress, person.language),
        "given_name": "",
        "family_name": person.name,
        "contributor": contributor_id,
        "asked": of([each for each in person.parts if each.is_asked]),
        "agreed": of([each for each in person.parts if each.is_on and not each.is_asked]),
    }


def part_facts(part: Part, language: str) -> PartFacts:
    """Return what letters say of what somebody does in an item."""
    facts: PartFacts = {
        "role": role_name(part.role, language),
        "number": part.number,
        "title": in_language(part.title, language),
        "starts_at": part.slot.starts_at.astimezone(UTC).isoformat(),
        "ends_at": part.slot.ends_at.astimezone(UTC).isoformat(),
        "room": in_language(part.room, language),
    }
    if link := part.told_link:
        facts["online_link"] = link
    return facts


def _in_words(congress: Congress, person: Contributor, *, now: datetime) -> Wording:
    """Put a letter into words as it would be sent, with a sentence in the place of its link."""
    said = stated(congress, person, 0)
    return showing.in_words(
        congress.id, KIND, person.language, said, own=("contribution",), now=now
    )
