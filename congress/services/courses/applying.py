"""Applying for a course, correcting and withdrawing the application, refusing to be named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from congress.base import table_of
from congress.domain.access import ATTENDEE, Actor
from congress.domain.congresses import Congress
from congress.domain.correction import MailboxAskedEnough
from congress.domain.mails.kinds import MessageKind
from congress.domain.network.course_applications import (
    KEPT_AFTER_BEGIN,
    Applicant,
    Application,
    Call,
    Content,
    CourseApplicationSettled,
    CourseCallClosed,
    State,
    require_people,
)
from congress.domain.people import fold_email
from congress.domain.places import Withdraw
from congress.domain.registration import RegistrationState
from congress.domain.tokens import CourseLink
from congress.extensions import db
from congress.models import CongressDay, CourseApplication, CoursePerson
from congress.queries import congresses, course_applications
from congress.queries.network import register
from congress.queries.registrations import standings
from congress.queries.retention import long_over
from congress.services import auditing, consenting, places
from congress.services.courses import letters
from congress.services.mails import calendar_entries, telling
from congress.services.mails.facts import Letters
from congress.services.mails.hearing import has_heard_enough
from congress.services.places import Ledger
from congress.services.tokens import fresh, make_again
from congress.transaction import transaction

APPLICATIONS, PEOPLE, DAYS = map(table_of, (CourseApplication, CoursePerson, CongressDay))


@dataclass(frozen=True)
class Applied:
    """The link to the page of an application.

    `is_other` where the form was sent before and said something else then.
    """

    token: str | None
    is_other: bool = False


def apply(
    congress_id: int,
    organisation: str,
    content: Content,
    *,
    language: str,
    form_key: str,
    actor: Actor = ATTENDEE,
    now: datetime,
) -> Applied:
    """Store an application, send a receipt with the link to it, and tell whoever it names.

    The same form sent twice is one application. Raises CourseCallClosed, MailboxAskedEnough,
    OtherPeople and NamedTwice.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        mine = (APPLICATIONS.c.congress_id == congress_id, APPLICATIONS.c.form_key == form_key)
        columns = (APPLICATIONS.c.id, APPLICATIONS.c.nonce, APPLICATIONS.c.key_id)
        made = db.session.execute(select(*columns).where(*mine)).one_or_none()
        if made is not None:
            found = course_applications.find(congress_id, made.id)
            token = make_again(CourseLink.APPLICANT, made.nonce, made.key_id)
            return Applied(token, is_other=found is None or not _says(found, organisation, content))
        call = _open_call(congress, now=now)
        require_people(content.people, call.people)
        _require_few([content.applicant, *content.people], now=now)
        named = register.find_named(organisation)
        token, kept = fresh(CourseLink.APPLICANT)
        row = {
            **vars(content.applicant),
            **kept,
            "congress_id": congress_id,
            "organisation_id": named.id if named else None,
            "organisation": organisation,
            "state": State.NEW,
            "email_key": fold_email(content.applicant.email),
            "motivation": content.motivation,
            "language": language,
            "form_key": form_key,
            "text_version": consenting.notice_version(congress),
            "created_at": now,
            "changed_at": now,
        }
        new = insert(APPLICATIONS).values(row).returning(APPLICATIONS.c.id)
        number = db.session.scalars(new).one()
        _name(number, content.people)
        application = _get(congress_id, number)
        letters.received(congress, application, now=now)
        letters.named(congress, application, application.people, now=now)
        _record("course_application_made", application, actor=actor, now=now)
    return Applied(token)


def correct(found: Application, content: Content, *, now: datetime) -> None:
    """Save what is said now; address and municipality stay, and whoever is newly named is told.

    Raises CourseApplicationSettled, MailboxAskedEnough, OtherPeople and NamedTwice.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(found.congress_id))
        call = course_applications.find_call(congress.id)
        before = _get(congress.id, found.id)
        if call is None or not before.may_be_corrected(call, now=now):
            raise CourseApplicationSettled
        require_people(content.people, call.people)
        if _says(before, before.organisation, content):
            return
        kept = {_who(each): each for each in before.coming}
        new = [each for each in content.people if _who(each) not in kept]
        _require_few(new, now=now)
        values = {name: value for name, value in vars(content.applicant).items() if name != "email"}
        values |= {"motivation": content.motivation, "changed_at": now}
        db.session.execute(
            update(APPLICATIONS).where(APPLICATIONS.c.id == before.id).values(values)
        )
        stays = {kept[who].id for each in content.people if (who := _who(each)) in kept}
        gone = (PEOPLE.c.application_id == before.id, PEOPLE.c.id.not_in(stays))
        db.session.execute(delete(PEOPLE).where(*gone))
        for position, each in enumerate(content.people):
            if (who := _who(each)) in kept:
                said = {"position": position, "function": each.function}
                same = PEOPLE.c.id == kept[who].id
                db.session.execute(update(PEOPLE).where(same).values(said))
            else:
                _name(before.id, [each], position)
        after = _get(congress.id, before.id)
        told = [each for each in after.people if each.id not in stays]
        letters.named(congress, after, told, now=now)
        _record("course_application_corrected", before, actor=ATTENDEE, now=now)


def withdraw(found: Application, *, now: datetime) -> None:
    """Take an application back, with the places that came of it; again changes nothing.

    Raises CourseApplicationSettled, and what stands in the way of giving the places back.
    """
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        before = _get(found.congress_id, found.id)
        if before.state is State.WITHDRAWN:
            return
        if not before.may_be_withdrawn:
            raise CourseApplicationSettled
        ended = _end_registrations(ledger, before)
        values = {
            "state": State.WITHDRAWN,
            "chosen": None,
            "rank": None,
            "answered_at": now,
            "changed_at": now,
        }
        mine = APPLICATIONS.c.id == before.id
        db.session.execute(update(APPLICATIONS).where(mine).values(values))
        details = {"application": before.id, "ended": ended, "was": before.state}
        ledger.record("course_application_withdrawn", actor=ATTENDEE, details=details)


def object_to(token: str, *, now: datetime) -> None:
    """Let somebody not be named any more: name and address go; again changes nothing.

    Whoever has a place already ends it on the page of their own. Raises CourseApplicationSettled.
    """
    asked = course_applications.find_named(token)
    if asked is None:
        raise CourseApplicationSettled
    with transaction():
        congress = congresses.with_content(congresses.hold(asked.application.congress_id))
        asked = course_applications.find_named(token)
        if asked is None or asked.named.registration_id is not None:
            raise CourseApplicationSettled
        if asked.named.objected_at is not None:
            return
        nobody = dict.fromkeys(("given_name", "family_name", "function", "email", "email_key"), "")
        mine = PEOPLE.c.id == asked.named.id
        db.session.execute(update(PEOPLE).where(mine).values(nobody | {"objected_at": now}))
        application = APPLICATIONS.c.id == asked.application.id
        db.session.execute(update(APPLICATIONS).where(application).values(changed_at=now))
        if asked.application.may_be_withdrawn:
            letters.objected(congress, asked.application, now=now)
        _record("course_person_objected", asked.application, actor=ATTENDEE, now=now)


def forget_old(*, now: datetime) -> int:
    """Delete what led to no place some weeks after the course began, the rest with the congress.

    Returns how many applications went.
    """
    begun = (
        select(DAYS.c.congress_id)
        .group_by(DAYS.c.congress_id)
        .having(func.min(DAYS.c.starts_at) < now - KEPT_AFTER_BEGIN)
    )
    is_over = or_(
        (APPLICATIONS.c.state != State.ACCEPTED) & APPLICATIONS.c.congress_id.in_(begun),
        APPLICATIONS.c.congress_id.in_(long_over(now)),
    )
    with transaction():
        result = db.session.execute(delete(APPLICATIONS).where(is_over))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _end_registrations(ledger: Ledger, application: Application) -> int:
    """End what the named people, or who stands in for them, have; each is told by whom."""
    numbers = [each.registration_id for each in application.people if each.registration_id]
    last = course_applications.standing_in(numbers).values()
    here = [each for each in standings(list(last)) if each.state is not RegistrationState.CANCELLED]
    for each in here:
        ledger.know([each.id])  # anew: each that ends may let others move up
        ledger.carry_out(Withdraw(each.id))
    gone = standings([each.id for each in here])
    told = calendar_entries.state(ledger.congress, gone, now=ledger.now)
    written, mails = Letters(ledger.congress), []
    for each in gone:
        letter = written.to(each)
        if fold_email(each.email) != fold_email(application.applicant.email):
            letter["by_municipality"] = {
                "name": application.applicant.name,
                "organisation": application.called,
            }
        mails.append((each, letter))
        details = {"by_municipality": True, "application": application.id}
        ledger.record("withdrawn", actor=ATTENDEE, registration_id=each.id, details=details)
    if mails:
        telling.send(written, MessageKind.WITHDRAWN, mails, told, now=ledger.now)
    telling.moved_up(ledger)
    return len(gone)


def _open_call(congress: Congress, *, now: datetime) -> Call:
    call = course_applications.find_call(congress.id)
    if call is None or not call.takes(congress.state, is_over=congress.is_over(now), now=now):
        raise CourseCallClosed
    return call


def _require_few(people: Sequence[Applicant], *, now: datetime) -> None:
    """A stranger may type any address, and each sends a letter there (SEC-30)."""
    if any(has_heard_enough(each.email, now=now) for each in people):
        raise MailboxAskedEnough


def _name(application_id: int, people: Sequence[Applicant], position: int = 0) -> None:
    rows: list[dict[str, Any]] = []
    for number, each in enumerate(people, start=position):
        _token, kept = fresh(CourseLink.NAMED)
        said = {name: getattr(each, name) for name in vars(each) if name in PEOPLE.c}
        rows.append(
            said
            | kept
            | {
                "application_id": application_id,
                "position": number,
                "email_key": fold_email(each.email),
            }
        )
    db.session.execute(insert(PEOPLE), rows)


def _says(found: Application, organisation: str, content: Content) -> bool:
    """Return whether a form says what is stored."""
    told = [(_who(each), each.function) for each in content.people]
    stored = [(_who(each), each.function) for each in found.coming]
    return (
        found.organisation == organisation
        and (_who(found.applicant), found.applicant.function)
        == (_who(content.applicant), content.applicant.function)
        and stored == told
        and found.motivation == content.motivation
    )


def _who(person: Applicant) -> tuple[str, str, str]:
    return person.given_name, person.family_name, fold_email(person.email)


def _get(congress_id: int, application_id: int) -> Application:
    found = course_applications.find(congress_id, application_id)
    if found is None:
        raise CourseApplicationSettled
    return found


def _record(verb: str, application: Application, *, actor: Actor, now: datetime) -> None:
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=application.congress_id,
        details={"application": application.id},
    )
