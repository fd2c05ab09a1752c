"""Takes over who was there: from a signed paper, or as whoever leads a course has ticked off."""

from collections.abc import Collection
from datetime import date, datetime

from congress.domain.access import Actor
from congress.domain.attendance import CameBy, require_open_door
from congress.domain.sign_in import OnPaper, PaperUnseen, SheetFor, Taking, taking
from congress.extensions import db
from congress.models import ContributorAttendance
from congress.queries import confirmations, congresses, contributor_door, modules, sign_in
from congress.services import auditing, presence_rows, unconfirmed
from congress.transaction import transaction


def take_over(
    congress_id: int,
    where: SheetFor,
    paper: OnPaper,
    *,
    seen: str,
    drops_kept: bool,
    contributors: Collection[int] = (),
    actor: Actor,
    now: datetime,
) -> Taking:
    """Record what a paper says as it was looked at; returns what came of it.

    Whoever signed needs to confirm nothing any more, as at the door. With `drops_kept` the paper
    is believed also where somebody was ticked off. `contributors` are people of the programme who
    signed on a day, and are expected there without a registration. Raises the refusals of
    `require_open_door`, and PaperUnseen.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        require_open_door(congress, where.day, now=now)
        people = sign_in.people_of(congress_id, where, paper)
        found = taking(people.paper, people.noted, with_place=people.with_place)
        if found.mark != seen:
            raise PaperUnseen
        gone = found.removed | (found.kept if drops_kept else frozenset())
        _confirm(congress_id, found.added, actor=actor, now=now)
        presence_rows.add(found.added, where, CameBy.PAPER, actor=actor, now=now)
        presence_rows.remove(gone, where)
        if where.item_id is None and contributors:
            _note_contributors(congress_id, where.day, contributors, actor=actor, now=now)
        details = {"day": where.day.isoformat(), "item": where.item_id}
        for verb, whom in (("signed", found.added), ("signed_taken_back", gone)):
            lines = [
                {"registration_id": each, "fields": [], "details": details, "personal": {}}
                for each in sorted(whom)
            ]
            auditing.record_all(verb, lines, actor=actor, now=now, congress_id=congress_id)
    return found


def tick_off(
    congress_id: int,
    day: date,
    *,
    came: Collection[int],
    stayed_away: Collection[int],
    actor: Actor,
    now: datetime,
) -> int:
    """Record who of a course came on a day and who did not; returns for how many that is new.

    People of other congresses, and without a place, are left out. Raises the refusals of
    `require_open_door`.
    """
    where = SheetFor(day)
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        require_open_door(congress, day, now=now)
        known = {each.id: day in each.days for each in modules.participants(congress_id)}
        added = frozenset(each for each in came if known.get(each) is False)
        gone = frozenset(each for each in stayed_away if known.get(each) is True)
        _confirm(congress_id, added, actor=actor, now=now)
        presence_rows.add(added, where, CameBy.DOOR, actor=actor, now=now)
        presence_rows.remove(gone, where)
        for verb, whom in (("came", added), ("came_taken_back", gone)):
            lines = [
                {
                    "registration_id": each,
                    "fields": [],
                    "details": {"day": day.isoformat()},
                    "personal": {},
                }
                for each in sorted(whom)
            ]
            auditing.record_all(verb, lines, actor=actor, now=now, congress_id=congress_id)
    return len(added) + len(gone)


def _note_contributors(
    congress_id: int, day: date, people: Collection[int], *, actor: Actor, now: datetime
) -> None:
    """Note who of the programme came; whoever is known to be there, or not expected, is left."""
    for each in contributor_door.expected(congress_id, day):
        if each.id not in people or each.came_at is not None:
            continue
        values = {"congress_id": congress_id, "person_id": each.id, "day": day}
        db.session.add(ContributorAttendance(**values, came_at=now, user_id=actor.user_id))
        auditing.record(
            "contributor_came",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"day": day.isoformat(), "person": each.id},
        )


def _confirm(congress_id: int, people: Collection[int], *, actor: Actor, now: datetime) -> None:
    """End the wait of those whose address nobody has confirmed: they have come."""
    asked = confirmations.asked_of(people)
    for each in asked:
        unconfirmed.end(each)
    lines = [
        {"registration_id": each, "fields": [], "details": {}, "personal": {}} for each in asked
    ]
    auditing.record_all("confirmed_by_hand", lines, actor=actor, now=now, congress_id=congress_id)
