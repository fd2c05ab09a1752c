"""People of a programme say who they are: as a draft by their link, which organisers publish."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select

from congress.domain.access import CONTRIBUTOR, Actor
from congress.domain.planning.contributors import NotAskedAnyMore, answers_count
from congress.domain.planning.profiles import Profile, ProfileUnseen, changed
from congress.extensions import db
from congress.models import Contribution, Contributor, Person, ProgrammeItem
from congress.queries.planning import contributors, profiles
from congress.services import auditing
from congress.services.planning import inviting, publishing
from congress.transaction import transaction


def suggest(contributor_id: int, profile: Profile, *, now: datetime) -> None:
    """Keep what somebody wants to be said of them, until organisers publish it.

    Raises NotAskedAnyMore for who is not in the programme, or when it is over.
    """
    with transaction():
        row = hold_asked(contributor_id, now=now)
        introduced = profiles.get(row.congress_id, row.person_id)
        if profile == introduced.wanted:
            return
        fields = changed(introduced.current, profile)
        row.draft = profile.as_json() if fields else None
        auditing.record(
            "profile_suggested",
            actor=CONTRIBUTOR,
            now=now,
            congress_id=row.congress_id,
            fields=fields,
        )


def hold_asked(contributor_id: int, *, now: datetime) -> Contributor:
    """Return somebody who may say who they are, held inside a running transaction.

    Raises NotAskedAnyMore for who is not in the programme, or when it is over.
    """
    row = db.session.get(Contributor, contributor_id)
    if row is None:
        raise NotAskedAnyMore
    _, congress = publishing.hold(row.congress_id)
    person = contributors.find_known(row.congress_id, row.person_id)
    is_in = person is not None and any(part.is_on for part in person.parts)
    if not is_in or not answers_count(congress.state, is_over=congress.is_over(now)):
        raise NotAskedAnyMore
    return row


def publish(congress_id: int, person_id: int, *, seen: str, actor: Actor, now: datetime) -> None:
    """Show what somebody wants to be said of them, as it was `seen`.

    Name and organisation become working values of the programme, which the public sees by the
    next release; the sentences beside them count at once. Raises ProfileUnseen.
    """
    with transaction():
        publishing.hold(congress_id)
        draft = _seen(congress_id, person_id, seen)
        _write(congress_id, person_id, draft, "profile_published", actor=actor, now=now)


def discard(congress_id: int, person_id: int, *, seen: str, actor: Actor, now: datetime) -> None:
    """Let what somebody wanted to be said of them be, as it was `seen`. Raises ProfileUnseen."""
    with transaction():
        publishing.hold(congress_id)
        _seen(congress_id, person_id, seen)
        inviting.row_of(congress_id, person_id).draft = None
        auditing.record("profile_discarded", actor=actor, now=now, congress_id=congress_id)


def remove_text(congress_id: int, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete what is said about somebody beside name and organisation; it counts at once."""
    with transaction():
        publishing.hold(congress_id)
        introduced = profiles.get(congress_id, person_id)
        if not introduced.has_text:
            return
        row = inviting.row_of(congress_id, person_id)
        row.bio = {}
        if introduced.draft:
            rest = replace(introduced.draft, bio={})
            is_more = changed(replace(introduced.current, bio={}), rest)
            row.draft = rest.as_json() if is_more else None
        auditing.record("text_removed", actor=actor, now=now, congress_id=congress_id)


def write(
    congress_id: int, person_id: int, profile: Profile, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Say of somebody what an organiser has entered; a draft of theirs is settled by it.

    Raises ProfileUnseen when something else was to be said since the form was opened.
    """
    with transaction():
        publishing.hold(congress_id)
        if profiles.get(congress_id, person_id).wanted.mark != seen:
            raise ProfileUnseen
        _write(congress_id, person_id, profile, "profile_published", actor=actor, now=now)


def _seen(congress_id: int, person_id: int, seen: str) -> Profile:
    draft = profiles.get(congress_id, person_id).draft
    if draft is None or draft.mark != seen:
        raise ProfileUnseen
    return draft


def _write(
    congress_id: int, person_id: int, after: Profile, verb: str, *, actor: Actor, now: datetime
) -> None:
    before = profiles.get(congress_id, person_id).current
    fields = changed(before, after)
    row = inviting.row_of(congress_id, person_id)
    row.draft = None
    if "bio" in fields:
        row.bio = dict(after.bio)
    if {"name", "affiliation"} & set(fields):
        _rename(row, before, after)
    if fields:
        auditing.record(verb, actor=actor, now=now, congress_id=congress_id, fields=fields)
    db.session.flush()


def _rename(row: Contributor, before: Profile, after: Profile) -> None:
    """Give somebody another name here; in the programmes of other congresses they keep theirs."""
    person = db.session.get_one(Person, row.person_id)
    here = select(ProgrammeItem.id).where(ProgrammeItem.congress_id == row.congress_id)
    parts = db.session.scalars(
        select(Contribution).where(
            Contribution.person_id == person.id, Contribution.item_id.in_(here)
        )
    ).all()
    if _is_elsewhere(row):
        person = Person(name=after.name, affiliation={})
        db.session.add(person)
        db.session.flush()
        row.person_id = person.id
    person.name, person.affiliation = after.name, dict(after.affiliation)
    for part in parts:
        part.person = person
        if part.affiliation in ({}, dict(before.affiliation)):
            part.affiliation = dict(after.affiliation)


def _is_elsewhere(row: Contributor) -> bool:
    others = select(
        exists().where(
            Contribution.person_id == row.person_id,
            Contribution.item_id == ProgrammeItem.id,
            ProgrammeItem.congress_id != row.congress_id,
        )
        | exists().where(
            Contributor.person_id == row.person_id, Contributor.congress_id != row.congress_id
        )
    )
    return bool(db.session.scalars(others).one())
