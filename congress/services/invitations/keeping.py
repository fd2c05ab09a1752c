"""Entering who is invited, by hand or from a table; changing and withdrawing invitations."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.domain.invitations import (
    KEPT_WITHDRAWN,
    Guest,
    Invitation,
    InvitationEditedMeanwhile,
    InvitationWithdrawn,
    InvitedAlready,
    require_room,
)
from congress.domain.mails.kinds import MessageKind
from congress.domain.tokens import GuestLink
from congress.extensions import db
from congress.models import Invitation as Row
from congress.queries import congresses
from congress.queries import invitations as queries
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.invitations import letters
from congress.services.mails import telling
from congress.services.mails.hearing import PRESSED_TWICE
from congress.services.tokens import fresh
from congress.transaction import transaction

INVITATIONS = table_of(Row)
NEW = insert(INVITATIONS).returning(INVITATIONS.c.id)
KEYS = ("email_key", "name_key", "organisation_key")
AT_ONCE = 200  # rows of a table in one transaction


def add(congress_id: int, guest: Guest, *, actor: Actor, now: datetime) -> int:
    """Invite somebody, without sending anything yet; returns the number.

    Pressed twice is once. Raises InvitedAlready.
    """
    with transaction():
        congresses.hold(congress_id)
        if (known := _known(congress_id, [guest]).get(_key(guest))) is not None:
            before = queries.get(known)
            if before.guest == guest and now - before.created_at < PRESSED_TWICE:
                return known
            raise InvitedAlready
        [number] = store(congress_id, [guest], now=now)
        _record("invitation_added", congress_id, number, actor=actor, now=now)
        return number


def change(
    congress_id: int, invitation_id: int, guest: Guest, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Save who an invitation is for; returns whether the link went to another address and ended.

    Such a one counts as not sent. Raises InvitationEditedMeanwhile, InvitationWithdrawn,
    InvitedAlready and FewerPlacesThanUsed.
    """
    with transaction():
        congresses.hold(congress_id)
        before = queries.get(invitation_id)
        if before.is_withdrawn:
            raise InvitationWithdrawn
        names = before.guest.changed(guest)
        if not names:
            return False
        if before.guest.version != version:
            raise InvitationEditedMeanwhile
        require_room(before, guest)
        if _known(congress_id, [guest]).get(_key(guest), invitation_id) != invitation_id:
            raise InvitedAlready
        values: dict[str, Any] = asdict(guest) | guest.keys
        has_moved = before.guest.keys["email_key"] != guest.keys["email_key"]
        if has_moved:
            values |= fresh(GuestLink.INVITED)[1] | {"sent_at": None}
            letters.take_back(congress_id, [invitation_id])
        _write(invitation_id, values)
        details = {"invitation": invitation_id}
        auditing.record(
            "invitation_edited",
            actor=actor,
            now=now,
            congress_id=congress_id,
            fields=names,
            details=details,
        )
        return has_moved and before.sent_at is not None


def withdraw(
    congress_id: int, invitation_id: int, *, is_told: bool, actor: Actor, now: datetime
) -> bool:
    """Take an invitation back: its link opens nothing any more, and who is registered stays.

    One that was never sent is deleted. Returns whether a mail says so. Again changes nothing.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        return end(congress, queries.get(invitation_id), is_told=is_told, actor=actor, now=now)


def end(
    congress: Congress, before: Invitation, *, is_told: bool, actor: Actor, now: datetime
) -> bool:
    """Do so inside a running transaction that holds the congress."""
    congress_id, invitation_id = congress.id, before.id
    if before.is_withdrawn:
        return False
    letters.take_back(congress_id, [invitation_id])
    _record("invitation_withdrawn", congress_id, invitation_id, actor=actor, now=now)
    if before.sent_at is None and not before.comers:
        db.session.execute(delete(INVITATIONS).where(INVITATIONS.c.id == invitation_id))
        return False
    _write(invitation_id, {"withdrawn_at": now})
    hears = is_told and before.sent_at is not None
    if hears:
        said = letters.of(congress, before, now=now)
        kind = MessageKind.INVITATION_WITHDRAWN
        telling.store([letters.row(congress, before, kind, said)], now=now)
    return hears


def name_partner(congress_id: int, guest: Guest, organisation_id: int, *, now: datetime) -> int:
    """Store whom a municipality names, inside a running transaction. Raises InvitedAlready."""
    if _key(guest) in _known(congress_id, [guest]):
        raise InvitedAlready
    [number] = store(congress_id, [guest], now=now)
    _write(number, {"named_by_id": organisation_id})
    return number


def take_over(
    congress_id: int,
    added: Sequence[Guest],
    changed: Sequence[tuple[Invitation, Guest]],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[int, int]:
    """Take a table over as it was looked at, some rows at a time; returns how many of each.

    What is there by now is left out, as is what somebody changed meanwhile.
    """
    done = [0, 0]
    for first in range(0, len(added), AT_ONCE):
        with transaction():
            congresses.hold(congress_id)
            known = _known(congress_id, added[first : first + AT_ONCE])
            some = {_key(each): each for each in added[first : first + AT_ONCE]}
            new = [each for key, each in some.items() if key not in known]
            done[0] += len(store(congress_id, new, now=now))
    for first in range(0, len(changed), AT_ONCE):
        with transaction():
            congresses.hold(congress_id)
            done[1] += _correct(changed[first : first + AT_ONCE])
    with transaction():
        if any(done):
            auditing.record(
                "invitations_taken_over",
                actor=actor,
                now=now,
                congress_id=congress_id,
                details={"added": done[0], "changed": done[1]},
            )
    return done[0], done[1]


def forget_old(*, now: datetime) -> int:
    """Delete invitations a year after the congress, withdrawn ones after a month.

    Returns how many. Registrations that came of them stay and say no more by which they came.
    """
    is_over = INVITATIONS.c.congress_id.in_(long_over(now))
    is_withdrawn = INVITATIONS.c.withdrawn_at <= now - KEPT_WITHDRAWN
    with transaction():
        result = db.session.execute(delete(INVITATIONS).where(is_over | is_withdrawn))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def store(
    congress_id: int, guests: Sequence[Guest], *, contacts: Sequence[int] = (), now: datetime
) -> list[int]:
    """Store invitations, of whom speaks for a member by their numbers as contact person.

    Inside a running transaction; returns the numbers.
    """
    spoken_for: Sequence[int | None] = contacts or [None] * len(guests)
    rows = [
        asdict(guest)
        | guest.keys
        | fresh(GuestLink.INVITED)[1]
        | {"congress_id": congress_id, "created_at": now, "contact_id": contact}
        for guest, contact in zip(guests, spoken_for, strict=True)
    ]
    return list(db.session.scalars(NEW, rows)) if rows else []


def _correct(changed: Sequence[tuple[Invitation, Guest]]) -> int:
    """Write what a table may change; who is invited is another row otherwise."""
    stored = {each.id: each for each in queries.some([seen.id for seen, _after in changed])}
    count = 0
    for seen, after in changed:
        before = stored.get(seen.id)
        if before is None or before.mark != seen.mark or after.places < len(before.registered):
            continue
        said = {"language": after.language, "places": after.places, "kind": after.kind}
        _write(seen.id, said)
        count += 1
    return count


def _write(invitation_id: int, values: dict[str, Any]) -> None:
    db.session.execute(update(INVITATIONS).where(INVITATIONS.c.id == invitation_id).values(values))


def _known(congress_id: int, guests: Sequence[Guest]) -> dict[tuple[str, ...], int]:
    """Return the numbers of the invitations that hold and may be of one of these.

    By what tells one from another.
    """
    found = select(*(INVITATIONS.c[name] for name in KEYS), INVITATIONS.c.id).where(
        INVITATIONS.c.congress_id == congress_id,
        INVITATIONS.c.email_key.in_({each.keys["email_key"] for each in guests}),
        INVITATIONS.c.withdrawn_at.is_(None),
    )
    return {tuple(row[:3]): row.id for row in db.session.execute(found)}


def _key(guest: Guest) -> tuple[str, ...]:
    return tuple(guest.keys[name] for name in KEYS)


def _record(
    verb: str, congress_id: int, invitation_id: int, *, actor: Actor, now: datetime
) -> None:
    details = {"invitation": invitation_id}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
