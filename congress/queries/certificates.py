"""Who was there and in what, which certificates were issued, and whether one still stands."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, String, cast, func, select

from congress.base import columns_of, table_of
from congress.domain import certificates
from congress.domain.certificates import Statement
from congress.domain.congresses import Congress
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import Certificate, CertificateSignature
from congress.queries import programme
from congress.queries.attendances import CAME, HAS_PLACE, PEOPLE, days_of

ISSUED, SIGNED = table_of(Certificate), table_of(CertificateSignature)
OF_THE_SAME = ISSUED.c.congress_id == PEOPLE.c.congress_id
OF_ROW = "registration_id nonce key_id name_digest said issued_at"


@dataclass(frozen=True)
class WasThere:
    """Somebody with a place who was there, and what would be certified of them now."""

    id: int
    name: str
    language: str
    days: tuple[date, ...]
    statement: Statement


@dataclass(frozen=True)
class Issued:
    """A certificate as it was issued; the code on its paper is made of nonce and key."""

    registration_id: int | None
    nonce: str
    key_id: str
    name_digest: str
    said: Statement
    issued_at: datetime


@dataclass(frozen=True)
class Signature:
    """Who signs, and the digest of the picture of the signature; both may be empty."""

    name: str = ""
    role: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Compared:
    """Somebody who was there, beside one of their certificates; `holds` is of what it says."""

    family_key: str
    id: int
    holds: bool
    is_sure: bool  # that it names them: nothing of theirs was changed since it was issued


UNSIGNED = Signature()
WHERE_THEN = cast(CAME.c.day, String) + " " + cast(func.coalesce(CAME.c.item_id, 0), String)


def who_was_there(congress: Congress, people: Collection[int] | None = None) -> list[WasThere]:
    """Return everybody with a place who was there often enough, or some of them, by name."""
    whose = (PEOPLE.c.congress_id == congress.id) & HAS_PLACE
    if people is not None:
        whose &= PEOPLE.c.id.in_(people)
    days = days_of(whose)
    if not days:
        return []
    items = _items(whose)
    known = {each.id: each for each in programme.kept_items(congress)} if items else {}
    rows = db.session.execute(
        select(*columns_of(PEOPLE, "id given_name family_name language"))
        .where(whose)
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id)
    )
    found = (
        WasThere(
            row.id,
            full_name(row.given_name, row.family_name),
            row.language,
            days[row.id],
            certificates.statement(
                congress,
                days[row.id],
                [known[each] for each in items.get(row.id, ()) if each in known],
            ),
        )
        for row in rows
        if row.id in days
    )
    # The congress may have been moved away from the day on which somebody was ticked off.
    return [each for each in found if certificates.is_enough(each.statement, congress)]


def days_attended(registration_id: int) -> tuple[date, ...]:
    """Return the days on which somebody with a place was there."""
    whose = (PEOPLE.c.id == registration_id) & HAS_PLACE
    return days_of(whose).get(registration_id, ())


def compared(congress: Congress, keys: Collection[str]) -> list[Compared]:
    """Return everybody who was there often enough, once for each certificate they have or once.

    `keys` are those in force, by which codes can be made again.
    Very many were in the same and have the same in writing, which is compared once for all.
    """
    whose = (PEOPLE.c.congress_id == congress.id) & HAS_PLACE
    there = (
        select(CAME.c.registration_id, func.aggregate_strings(WHERE_THEN, ",").label("then"))
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(whose)
        .group_by(CAME.c.registration_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            *columns_of(PEOPLE, "family_key id"),
            there.c.then,
            cast(ISSUED.c.said, String).label("said"),
            ((PEOPLE.c.changed_at < ISSUED.c.issued_at) & ISSUED.c.key_id.in_(keys)).label("sure"),
        )
        .join(there, there.c.registration_id == PEOPLE.c.id)
        .outerjoin(ISSUED, (ISSUED.c.registration_id == PEOPLE.c.id) & OF_THE_SAME)
    ).all()
    known = {each.id: each for each in programme.kept_items(congress)} if rows else {}

    @cache
    def holding(then: str) -> Statement:
        days, items = _read(then)
        return certificates.statement(congress, days, [known[n] for n in items if n in known])

    @cache
    def holds(then: str, said: str) -> bool:
        return Statement.of(json.loads(said)).facts == holding(then).facts

    return [
        Compared(
            row.family_key,
            row.id,
            holds=row.said is not None and holds(row.then, row.said),
            is_sure=bool(row.sure),
        )
        for row in rows
        if certificates.is_enough(holding(row.then), congress)
    ]


def _read(then: str) -> tuple[tuple[date, ...], set[int]]:
    """Return the days on which somebody was there and in which items, none for the door."""
    pairs = [each.split() for each in then.split(",")]
    days = sorted({date.fromisoformat(day) for day, _item in pairs})
    return tuple(days), {int(item) for _day, item in pairs} - {0}


def issued(congress_id: int, people: Collection[int] | None = None) -> dict[int, list[Issued]]:
    """Return what was issued to people of a congress, or to some; the latest comes last."""
    whose = [ISSUED.c.congress_id == congress_id, ISSUED.c.registration_id.is_not(None)]
    if people is not None:
        whose.append(ISSUED.c.registration_id.in_(people))
    rows = db.session.execute(
        select(*columns_of(ISSUED, OF_ROW)).where(*whose).order_by(ISSUED.c.id)
    )
    found: dict[int, list[Issued]] = defaultdict(list)
    for row in rows:
        found[row.registration_id].append(_as_issued(row))
    return found


def find(congress_id: int, code_digest: str) -> Issued | None:
    """Return the certificate of a congress with a code."""
    row = db.session.execute(
        select(*columns_of(ISSUED, OF_ROW)).where(
            ISSUED.c.congress_id == congress_id, ISSUED.c.code_digest == code_digest
        )
    ).one_or_none()
    return _as_issued(row) if row else None


def stands(congress: Congress, certificate: Issued) -> bool:
    """Return whether nobody has taken back that somebody was there.

    Of a registration that is kept no longer, what was known last holds. Where two registrations of
    one person became one, it is asked of the one that goes on.
    """
    if certificate.registration_id is None:
        return True
    row = db.session.execute(
        select(PEOPLE.c.id, PEOPLE.c.merged_into_id).where(
            PEOPLE.c.id == certificate.registration_id
        )
    ).one()
    person = (PEOPLE.c.id == (row.merged_into_id or row.id)) & HAS_PLACE
    days = frozenset(day for each in days_of(person).values() for day in each)
    was_in = frozenset(item for each in _items(person).values() for item in each)
    kept = {each.id for each in programme.kept_items(congress)}
    gone = {each.item_id for each in certificate.said.workshops} - kept
    return certificate.said.is_founded(days, was_in | gone, congress)


def signature(congress_id: int) -> Signature:
    """Return who signs the certificates of a congress."""
    row = db.session.execute(
        select(*columns_of(SIGNED, "name role digest")).where(SIGNED.c.congress_id == congress_id)
    ).one_or_none()
    return Signature(row.name, row.role, row.digest) if row else UNSIGNED


def find_signature_picture(congress_id: int) -> bytes | None:
    """Return the picture of the signature as PNG."""
    statement = select(SIGNED.c.picture).where(SIGNED.c.congress_id == congress_id)
    return db.session.scalars(statement).one_or_none()


def _items(whose: ColumnElement[bool]) -> dict[int, list[int]]:
    rows = db.session.execute(
        select(*columns_of(CAME, "registration_id item_id"))
        .distinct()
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(whose, CAME.c.item_id.is_not(None))
    )
    found: dict[int, list[int]] = defaultdict(list)
    for person, item in rows:
        found[person].append(item)
    return found


def _as_issued(row: Row[Any]) -> Issued:
    return Issued(
        row.registration_id,
        row.nonce,
        row.key_id,
        row.name_digest,
        Statement.of(row.said),
        row.issued_at,
    )
