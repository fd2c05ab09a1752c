"""What people asked for after the last day for changes: theirs, and all that organisers decide."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from congress.base import columns_of, table_of
from congress.domain.change_requests import ChangeRequest, RequestAnswer, RequestKind
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import ChangeRequest as Stored
from congress.models import Registration
from congress.queries.registrations import standings

REQUESTS, PEOPLE = table_of(Stored), table_of(Registration)
COLUMNS = columns_of(
    REQUESTS, "id registration_id kind wishes note asked_at answer answered_at reason"
)
ANSWERED_SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """A request, and where whoever asked stands now."""

    request: ChangeRequest
    standing: Standing


def latest_of(registration_id: int) -> ChangeRequest | None:
    """Return the last request of somebody, whatever became of it; none that was taken back."""
    row = db.session.execute(
        select(*COLUMNS)
        .where(
            REQUESTS.c.registration_id == registration_id,
            func.coalesce(REQUESTS.c.answer, "") != RequestAnswer.TAKEN_BACK,
        )
        .order_by(REQUESTS.c.id.desc())
        .limit(1)
    ).one_or_none()
    return as_request(row) if row else None


def find(congress_id: int, request_id: int) -> ChangeRequest | None:
    """Return a request of a congress."""
    of_it = (REQUESTS.c.congress_id == congress_id, REQUESTS.c.id == request_id)
    row = db.session.execute(select(*COLUMNS).where(*of_it)).one_or_none()
    return as_request(row) if row else None


def open_ones(congress_id: int) -> list[Asked]:
    """Return what is to be decided, the oldest first."""
    order = (REQUESTS.c.asked_at, REQUESTS.c.id)
    found = select(*COLUMNS).where(*to_decide(congress_id)).order_by(*order)
    return _with_people(db.session.execute(found).all())


def answered(congress_id: int) -> list[Asked]:
    """Return what organisers have decided, the latest first, and not for ever back."""
    by_organisers = (RequestAnswer.ACCEPTED, RequestAnswer.DECLINED)
    found = (
        select(*COLUMNS)
        .where(REQUESTS.c.congress_id == congress_id, REQUESTS.c.answer.in_(by_organisers))
        .order_by(REQUESTS.c.answered_at.desc(), REQUESTS.c.id.desc())
        .limit(ANSWERED_SHOWN)
    )
    return _with_people(db.session.execute(found).all())


def count_open(congress_id: int) -> int:
    """Return how many are to be decided."""
    counted = select(func.count()).select_from(REQUESTS).where(*to_decide(congress_id))
    return db.session.scalars(counted).one()


def as_request(row: Stored | Row[*tuple[Any, ...]]) -> ChangeRequest:
    """Return a stored request."""
    return ChangeRequest(
        id=row.id,
        registration_id=row.registration_id,
        kind=RequestKind(row.kind),
        wishes=tuple(
            WishedWorkshop(each["item"], None, each.get("question", "")) for each in row.wishes
        ),
        note=row.note,
        asked_at=row.asked_at,
        answer=RequestAnswer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        reason=row.reason,
    )


def to_decide(congress_id: int) -> list[ColumnElement[bool]]:
    """Return what holds of requests that are to be decided: of whoever has left meanwhile none."""
    here = select(PEOPLE.c.id).where(
        PEOPLE.c.id == REQUESTS.c.registration_id, PEOPLE.c.state != RegistrationState.CANCELLED
    )
    return [REQUESTS.c.congress_id == congress_id, REQUESTS.c.answer.is_(None), here.exists()]


def _with_people(rows: Any) -> list[Asked]:  # noqa: ANN401 - rows of these columns
    found = [as_request(row) for row in rows]
    people = {each.id: each for each in standings({each.registration_id for each in found})}
    return [Asked(each, people[each.registration_id]) for each in found]
