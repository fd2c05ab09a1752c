"""Certificates of attendance: issued to who was there, printed, and checked by their code."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, insert, select

from congress import links
from congress.base import table_of
from congress.domain import tokens as domain
from congress.domain.access import Actor
from congress.domain.attendance import days_of
from congress.domain.certificates import (
    KEPT,
    SignatureEditedMeanwhile,
    code_of,
    require_certifiable,
)
from congress.domain.congresses import Congress
from congress.domain.modules import Share, share_of
from congress.extensions import db
from congress.formats.certificates import Paper
from congress.models import Certificate, CertificateSignature
from congress.queries import attendances, congresses
from congress.queries import certificates as queries
from congress.queries.certificates import Issued, WasThere
from congress.queries.retention import long_over
from congress.services import auditing, tokens
from congress.transaction import transaction

MOST_AT_ONCE = 1_000  # issued in one act: others wait for the congress meanwhile
ISSUED, SIGNED = table_of(Certificate), table_of(CertificateSignature)


@dataclass(frozen=True)
class Standing:
    """How far it is: who was there, the certificates that say so, who has none of these yet."""

    papers: tuple[Paper, ...]
    without: tuple[WasThere, ...]


@dataclass(frozen=True)
class Holders:
    """Of all who were there, by name: who has a certificate that says what holds, and who not."""

    having: tuple[int, ...]
    without: tuple[int, ...]


def holders(congress: Congress) -> Holders:
    """Return who has a certificate and who needs one, of a whole congress.

    A name is looked at only where something of somebody has changed since their certificate was
    issued: of 20,000 people that would take a second.
    """
    known = [key.id for key in tokens.keys()]  # noqa: SIM118 - no dictionary has them
    rows = sorted(queries.compared(congress, known), key=attrgetter("family_key", "id"))
    having = {each.id for each in rows if each.holds and each.is_sure}
    unsure = list(dict.fromkeys(each.id for each in rows if each.holds and each.id not in having))
    for first in range(0, len(unsure), MOST_AT_ONCE):
        these = unsure[first : first + MOST_AT_ONCE]
        having |= set(these) - {each.id for each in standing(congress, these).without}
    everybody = dict.fromkeys(each.id for each in rows)
    return Holders(
        tuple(each for each in everybody if each in having),
        tuple(each for each in everybody if each not in having),
    )


def standing(congress: Congress, people: Collection[int] | None = None) -> Standing:
    """Return the certificates that say what holds now, and who needs another one.

    Of everybody who was there, or of some `people`.
    """
    issued = queries.issued(congress.id, people)
    papers, without = [], []
    for person in queries.who_was_there(congress, people):
        paper = _current(congress, person, reversed(issued.get(person.id, ())))
        if paper is None:
            without.append(person)
        else:
            papers.append(paper)
    return Standing(tuple(papers), tuple(without))


def issue(
    congress_id: int, registration_id: int | None = None, *, actor: Actor, now: datetime
) -> int:
    """Issue certificates to all who were there, or to one of them; returns how many.

    Whoever has one that says what holds now gets no other. Raises NothingToCertify, NotOverYet and
    TooFewModules.
    """
    people = _next_without(congress_id) if registration_id is None else [registration_id]
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        found = standing(congress, people)
        share = _share(congress, registration_id) if registration_id is not None else None
        is_known = share is None and attendances.is_recorded(congress_id)
        require_certifiable(
            congress,
            was_there=is_known or (share is not None and share.attended > 0),
            by_organisers=not actor.is_attendee,
            now=now,
            share=share,
        )
        rows = [_new_row(congress_id, each, now=now) for each in found.without]
        if rows:
            db.session.execute(insert(ISSUED), rows)
            auditing.record(
                "certificates_issued",
                actor=actor,
                now=now,
                congress_id=congress_id,
                registration_id=registration_id,
                details={"count": len(rows)},
            )
        return len(rows)


def checked(congress: Congress, code: str, name: str) -> bool | None:
    """Return whether a certificate with a code stands and names somebody; None if there is none."""
    found = queries.find(congress.id, domain.digest(code))
    if found is None:
        return None
    is_named = hmac.compare_digest(found.said.digest(name, code), found.name_digest)
    return is_named and queries.stands(congress, found)


def sign(
    congress_id: int,
    name: str,
    role: str,
    picture: bytes | None,
    *,
    keeps_picture: bool,
    version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Save who signs, with the picture of the signature (PNG) or without one.

    Raises SignatureEditedMeanwhile when `version` is not that of what was saved last.
    """
    with transaction():
        congresses.hold(congress_id)
        if version_of(queries.signature(congress_id)) != version:
            raise SignatureEditedMeanwhile
        row = db.session.scalars(
            select(CertificateSignature).where(CertificateSignature.congress_id == congress_id)
        ).one_or_none()
        if row is None:
            row = CertificateSignature(congress_id=congress_id, digest="", picture=None)
            db.session.add(row)
        row.name, row.role = name, role
        if picture is not None or not keeps_picture:
            row.picture = picture
            row.digest = hashlib.sha256(picture).hexdigest() if picture else ""
        auditing.record("signature_saved", actor=actor, now=now, congress_id=congress_id)


def version_of(signature: queries.Signature) -> str:
    """Return what tells a signature from another."""
    said = f"{signature.name}\n{signature.role}\n{signature.digest}"
    return hashlib.sha256(said.encode()).hexdigest()


def forget_old(*, now: datetime) -> int:
    """Delete certificates ten years after they were issued; returns how many."""
    with transaction():
        result = db.session.execute(delete(ISSUED).where(ISSUED.c.issued_at < now - KEPT))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def forget_signatures(*, now: datetime) -> int:
    """Delete who signs, a year after a congress; returns of how many congresses."""
    with transaction():
        over = SIGNED.c.congress_id.in_(long_over(now))
        result = db.session.execute(delete(SIGNED).where(over))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _share(congress: Congress, registration_id: int) -> Share:
    return share_of(days_of(congress), queries.days_attended(registration_id))


def _next_without(congress_id: int) -> list[int]:
    """Return who gets the next ones: everybody is gone through while nobody waits for that."""
    return list(holders(congresses.get_congress(congress_id)).without[:MOST_AT_ONCE])


def _current(congress: Congress, person: WasThere, issued: Iterable[Issued]) -> Paper | None:
    """Return the certificate that names somebody as they are called now and says what holds.

    It stays as it was issued when the congress or a workshop is called something else later.
    """
    for each in issued:
        code = _code(each.nonce, each.key_id)
        if code is None or each.said.facts != person.statement.facts:
            continue
        if hmac.compare_digest(each.said.digest(person.name, code), each.name_digest):
            address = links.certificate(congress.slug, code)
            return Paper(person.name, person.language, each.said, each.issued_at, code, address)
    return None


def _new_row(congress_id: int, person: WasThere, *, now: datetime) -> dict[str, Any]:
    key, nonce = tokens.keys()[0], secrets.token_hex(tokens.NONCE_BYTES)
    code = code_of(key, nonce)
    return {
        "congress_id": congress_id,
        "registration_id": person.id,
        "nonce": nonce,
        "key_id": key.id,
        "code_digest": domain.digest(code),
        "name_digest": person.statement.digest(person.name, code),
        "said": person.statement.as_json,
        "issued_at": now,
    }


def _code(nonce: str, key_id: str) -> str | None:
    known = {key.id: key for key in tokens.keys()}  # noqa: SIM118 - no dictionary has them
    return code_of(known[key_id], nonce) if key_id in known else None
