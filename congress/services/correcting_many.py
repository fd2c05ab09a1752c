"""Correcting several people at once, as a table says it: what neither name nor address is.

In few statements, however many there are; the rules are those of correcting one (`correcting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from congress.base import columns_of, table_of, values_of
from congress.domain.access import Actor
from congress.domain.attendee_import.comparing import Finding
from congress.domain.congresses import Congress
from congress.domain.correction import Correction, corrections
from congress.domain.fields import FIELDS, values
from congress.domain.own_questions import AnswersOutdated, Given, settled
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Registration
from congress.queries import congresses
from congress.queries import own_answers as answered
from congress.queries.everybody import SAYS
from congress.queries.registrations import standings
from congress.services import auditing, delegations, own_answers, places
from congress.services.correcting import ANSWERS
from congress.services.enrolling import ORGANISATION
from congress.services.mails import telling
from congress.transaction import transaction

PEOPLE = table_of(Registration)
CORRECTED = (
    update(PEOPLE)
    .where(PEOPLE.c.id == bindparam("person_id"))
    .values(
        {
            name: bindparam(f"new_{name}", type_=PEOPLE.c[name].type)
            for name in ("organisation", "organisation_key", "search", "answers", "changed_at")
        }
        | {"organisation_id": ORGANISATION}
    )
)


@dataclass(frozen=True)
class _Corrected:
    """Somebody with what they say from now on."""

    id: int
    after: Details
    changes: tuple[Correction, ...]
    before: Given  # answers
    given: Given

    @property
    def is_answered(self) -> bool:
        """Whether they answer otherwise than before."""
        return self.given != self.before


def correct(
    congress_id: int,
    findings: Sequence[Finding],
    *,
    is_told: bool,
    actor: Actor,
    now: datetime,
) -> list[int]:
    """Store and tell what was corrected; return the numbers of the rows that were left.

    Something else stands there now than was seen, or an answer is not possible any more.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        people = [each.person.id for each in findings if each.person]
        answers = any(each.answers is not None for each in findings)
        found = {each.id: each for each in standings(people)} if is_told or answers else {}
        fine, left = _checked(congress, findings, found)
        if fine:
            db.session.execute(CORRECTED, [_columns(each, now=now) for each in fine])
            given = [(each.id, each.given) for each in fine if each.is_answered]
            own_answers.replace_all(congress, given)
        if is_told:
            told = [(found[each.id], _told(congress, each, found[each.id])) for each in fine]
            telling.all_corrected(congress, told, now=now)
        _record(congress_id, fine, actor=actor, now=now)
        if fine and congress.rules.quota:
            with places.held(congress_id, now=now) as ledger:
                delegations.recount(ledger, {each.id: each.after for each in fine})
                telling.moved_up(ledger)
    return left


def _checked(
    congress: Congress, findings: Sequence[Finding], found: dict[int, Standing]
) -> tuple[list[_Corrected], list[int]]:
    """Return who stands as they were seen, and the numbers of the other rows."""
    stored = _details([each.person.id for each in findings if each.person])
    wanted = [each.answers for each in findings if each.answers is not None]
    said = answered.of_people(stored) if wanted else {}
    tally = own_answers.tally(congress, wanted)
    fine: list[_Corrected] = []
    left: list[int] = []
    for each in findings:
        before = stored.get(each.person.id) if each.person else None
        if each.person is None or before is None or before != each.person.details:
            left.append(each.row.number)
            continue
        person, had = each.person, said.get(each.person.id, {})
        given: Given | None = had
        if each.answers is not None:
            is_seen = had == dict(person.answers)
            given = _settled(congress, each.answers, had, found[person.id]) if is_seen else None
        if given is None or tally.take(given, had) is not None:
            left.append(each.row.number)
        else:
            changes = corrections(before, each.after)
            fine.append(_Corrected(person.id, each.after, changes, had, given))
    return fine, left


def _settled(congress: Congress, answers: Given, before: Given, standing: Standing) -> Given | None:
    """Return the answers that count as the congress asks now; nothing if it asks otherwise."""
    booked = {each.item.code for each in standing.bookings}
    try:
        return settled(congress.questions, answers, booked, before, may_lack=True)
    except AnswersOutdated:
        return None


def _told(congress: Congress, person: _Corrected, standing: Standing) -> tuple[Correction, ...]:
    said = own_answers.corrections(congress, standing.language, person.before, person.given)
    return (*person.changes, *said)


def _record(congress_id: int, people: Sequence[_Corrected], *, actor: Actor, now: datetime) -> None:
    lines = [
        {
            "registration_id": each.id,
            "fields": [
                *(one.field for one in each.changes),
                *([ANSWERS] if each.is_answered else []),
            ],
            "details": {},
            "personal": {
                "before": {one.field: one.before for one in each.changes},
                "after": {one.field: one.after for one in each.changes},
            },
        }
        for each in people
    ]
    auditing.record_all("corrected", lines, actor=actor, now=now, congress_id=congress_id)


def _details(ids: Sequence[int]) -> dict[int, Details]:
    """Return what people say of themselves now; of who has left nothing is corrected."""
    rows = db.session.execute(
        select(*columns_of(PEOPLE, f"id {SAYS}")).where(
            PEOPLE.c.id.in_(ids), PEOPLE.c.state != RegistrationState.CANCELLED
        )
    )
    return {row.id: Details.of(values(values_of(row, SAYS), FIELDS)) for row in rows}


def _columns(person: _Corrected, *, now: datetime) -> dict[str, object]:
    columns = person.after.columns()
    names = ("organisation", "organisation_key", "search", "answers")
    new = {f"new_{name}": columns[name] for name in names}
    return new | {
        "new_changed_at": now,
        "person_id": person.id,
        "register_key": columns["register_key"],
    }
