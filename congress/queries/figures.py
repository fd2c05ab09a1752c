"""What is counted of a congress: where people come from, what they answered and agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from congress.domain.fields import Field
from congress.domain.folding import commonest, together
from congress.domain.kinds import PersonKind
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

    Spellings that differ in case, accents or spaces count as one: under the name that the register
    has, else under the one that most have typed.
    """
    key, typed = Registration.organisation_key, Registration.organisation
    rows = db.session.execute(
        select(key, typed, func.min(Organisation.name), func.min(Organisation.kind), func.count())
        .select_from(Registration)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(_has_place(congress_id), key != "")
        .group_by(key, typed)
    )
    groups: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(row)
    ordered = sorted(groups.items(), key=lambda each: (-sum(row[4] for row in each[1]), each[0]))
    return [_reached(spellings) for _key, spellings in ordered]


def _reached(rows: Rows) -> Reached:
    """Return an organisation; each row is a spelling: key, typed, name and kind known, people."""
    name = min((row[2] for row in rows if row[2]), default="")
    kind = min((row[3] for row in rows if row[3]), default="")
    spelling = commonest({row[1]: row[4] for row in rows})
    return Reached(name or spelling, kind, sum(row[4] for row in rows))


def languages(congress_id: int) -> dict[str, int]:
    """Return how many people with a place read which language."""
    statement = (
        select(Registration.language, func.count())
        .where(_has_place(congress_id))
        .group_by(Registration.language)
        .order_by(func.count().desc())
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def comers(congress_id: int) -> dict[PersonKind, int]:
    """Return how many people with a place come as what."""
    rows = db.session.execute(
        select(Registration.kind, func.count())
        .where(_has_place(congress_id))
        .group_by(Registration.kind)
    )
    found = {row[0]: row[1] for row in rows}
    return {kind: found[kind] for kind in PersonKind if kind in found}


def modes(congress_id: int) -> dict[str, int]:
    """Return how many people with a place take part on site, and how many online."""
    statement = select(Registration.mode, func.count()).where(_has_place(congress_id))
    return {row[0]: row[1] for row in db.session.execute(statement.group_by(Registration.mode))}


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
    """Return what people with a place answered to a question, what most say first.

    Spellings that differ in case, accents or spaces count as one: the one that most have typed.
    """
    answer = Registration.answers[field.name].as_string()
    given = (
        select(answer.label("words")).where(_has_place(congress_id), answer.is_not(None)).subquery()
    )
    rows = db.session.execute(select(given.c.words, func.count()).group_by(given.c.words))
    return [Given(*each) for each in together((row[0], row[1]) for row in rows)]


def _has_place(congress_id: int) -> ColumnElement[bool]:
    return (Registration.congress_id == congress_id) & (
        Registration.state == RegistrationState.CONFIRMED
    )
