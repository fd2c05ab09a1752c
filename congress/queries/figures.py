"""What is counted of a congress: where people come from, what they answered and agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from congress.domain.fields import Field
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Consent, Organisation, Registration

Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Reached:
    """One organisation and how many people of it have a place; `kind` is that of the register."""

    name: str
    kind: str
    people: int


@dataclass(frozen=True)
class Given:
    """One answer and how many gave it."""

    words: str
    people: int


def organisations(congress_id: int) -> list[Reached]:
    """Return the organisations of whoever has a place, those with the most people first.

    Spellings that differ in case, accents or spaces count as one.
    """
    name = func.coalesce(func.min(Organisation.name), func.min(Registration.organisation))
    kind = func.coalesce(func.min(Organisation.kind), "")
    people = func.count()
    rows = db.session.execute(
        select(name.label("name"), kind.label("kind"), people.label("people"))
        .select_from(Registration)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(_has_place(congress_id), Registration.organisation_key != "")
        .group_by(Registration.organisation_key)
        .order_by(people.desc(), Registration.organisation_key)
    )
    return [Reached(*row) for row in rows]


def languages(congress_id: int) -> dict[str, int]:
    """Return how many people with a place read which language."""
    statement = (
        select(Registration.language, func.count())
        .where(_has_place(congress_id))
        .group_by(Registration.language)
        .order_by(func.count().desc())
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def consents(congress_id: int) -> dict[str, int]:
    """Return how many people with a place agree to what."""
    statement = (
        select(Consent.purpose, func.count(Consent.registration_id.distinct()))
        .join(Registration, Registration.id == Consent.registration_id)
        .where(_has_place(congress_id), Consent.withdrawn_at.is_(None))
        .group_by(Consent.purpose)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def answers(congress_id: int, field: Field) -> list[Given]:
    """Return what people with a place answered to a question, what most say first."""
    answer = Registration.answers[field.name].as_string()
    given = (
        select(answer.label("words")).where(_has_place(congress_id), answer.is_not(None)).subquery()
    )
    people = func.count()
    rows = db.session.execute(
        select(func.min(given.c.words), people)
        .group_by(func.lower(given.c.words))
        .order_by(people.desc(), func.min(given.c.words))
    )
    return [Given(*row) for row in rows]


def _has_place(congress_id: int) -> ColumnElement[bool]:
    return (Registration.congress_id == congress_id) & (
        Registration.state == RegistrationState.CONFIRMED
    )
