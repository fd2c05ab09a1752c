"""Applying for membership, correcting the application and withdrawing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, or_, select, update

from congress.base import table_of
from congress.domain.access import CONTACT
from congress.domain.network.applications import (
    KEPT_AFTER_NO,
    KEPT_AFTER_YES,
    MOST_OPEN_DOCUMENTS,
    Applicant,
    Application,
    ApplicationSettled,
    ApplicationState,
    AppliedEnough,
    NoRoomForDocuments,
    as_facts,
    same,
)
from congress.domain.network.conditions import Check
from congress.domain.network.membership import BELONGING, MembershipState, state_on
from congress.domain.people import fold_email
from congress.domain.planning.materials import MaterialFile
from congress.domain.tokens import ApplicationLink
from congress.extensions import db
from congress.models import MembershipApplication, MembershipDocument
from congress.queries.network import applications, memberships, register
from congress.services import auditing, consenting
from congress.services.mails.hearing import STRANGER_MAILS_PER_HOUR
from congress.services.network import application_letters, checking, membership
from congress.services.network.membership import Statement
from congress.services.tokens import fresh, make_again
from congress.transaction import transaction

APPLICATIONS, DOCUMENTS = table_of(MembershipApplication), table_of(MembershipDocument)


@dataclass(frozen=True)
class Said:
    """What a form says: for which organisation, who, and of each condition."""

    organisation: str
    applicant: Applicant
    checks: Sequence[Check]
    file: MaterialFile | None = None


@dataclass(frozen=True)
class Applied:
    """The link to the page of an application.

    `is_other` where the form was sent before and said something else then.
    """

    token: str | None
    is_other: bool = False


def apply(said: Said, *, language: str, form_key: str, today: date, now: datetime) -> Applied:
    """Store an application and send a receipt with the link to it.

    The same form sent twice is one application. An organisation of the register has applied from
    today on, unless it belongs already. Raises AppliedEnough and NoRoomForDocuments.
    """
    with transaction():
        made = db.session.scalars(
            select(MembershipApplication).where(MembershipApplication.form_key == form_key)
        ).one_or_none()
        if made is not None:
            found = applications.find(made.id)
            is_same = found is not None and _is_same(found, said)
            token = make_again(ApplicationLink.APPLICANT, made.nonce, made.key_id)
            return Applied(token, is_other=not is_same)
        if applications.count_from(said.applicant.email, now=now) >= STRANGER_MAILS_PER_HOUR:
            raise AppliedEnough
        _require_room(said.file)
        named = register.find_named(said.organisation)
        token, kept = fresh(ApplicationLink.APPLICANT)
        row = MembershipApplication(
            **vars(said.applicant) | kept,
            organisation_id=named.id if named else None,
            organisation=said.organisation,
            state=ApplicationState.NEW,
            email_key=fold_email(said.applicant.email),
            language=language,
            said=as_facts(said.checks),
            form_key=form_key,
            text_version=consenting.words_version(),
            created_at=now,
            changed_at=now,
        )
        db.session.add(row)
        db.session.flush()
        if said.file is not None:
            checking.file_document(said.file, application_id=row.id, now=now)
        _record("application_made", row.id, now=now)
        if named is not None:
            has_applied(named.id, today, now=now)
        application_letters.received(_get(row.id), now=now)
    return Applied(token)


def has_applied(organisation_id: int, day: date, *, now: datetime) -> None:
    """Write that an organisation has applied, unless it belongs or has applied already."""
    memberships.hold(organisation_id)
    history = memberships.records(memberships.history(organisation_id))
    if state_on(history, day) not in {*BELONGING, MembershipState.APPLIED}:
        statement = Statement(MembershipState.APPLIED, day)
        membership.write(organisation_id, statement, actor=CONTACT, now=now)


def correct(application_id: int, said: Said, *, now: datetime) -> None:
    """Save what is said now; address and organisation stay.

    Raises ApplicationSettled and NoRoomForDocuments.
    """
    with transaction():
        before = hold(application_id)
        if before.document is None:
            _require_room(said.file)
        changed = {
            name: value
            for name, value in vars(said.applicant).items()
            if name != "email" and value != getattr(before.applicant, name)
        }
        facts = as_facts(said.checks)
        if facts != as_facts(before.checks):
            changed["said"] = facts
        if said.file is not None:
            db.session.execute(delete(DOCUMENTS).where(DOCUMENTS.c.application_id == before.id))
            checking.file_document(said.file, application_id=before.id, now=now)
        if not changed and said.file is None:
            return
        mine = APPLICATIONS.c.id == application_id
        db.session.execute(update(APPLICATIONS).where(mine).values(changed_at=now, **changed))
        _record("application_corrected", application_id, now=now)


def withdraw(application_id: int, *, today: date, now: datetime) -> None:
    """Take an application back; a second time changes nothing. Raises ApplicationSettled."""
    with transaction():
        found = applications.find(application_id)
        if found is not None and found.state is ApplicationState.WITHDRAWN:
            return
        before = hold(application_id)
        settle(before, ApplicationState.WITHDRAWN, now=now)
        _record("application_withdrawn", application_id, now=now)
        no_longer_applies(before, today, now=now)


def hold(application_id: int) -> Application:
    """Return an open application, held with its organisation. Raises ApplicationSettled."""
    mine = select(APPLICATIONS.c.organisation_id).where(APPLICATIONS.c.id == application_id)
    organisation_id = db.session.scalars(mine).one_or_none()
    if organisation_id is not None:
        memberships.hold(organisation_id)
    held = select(APPLICATIONS.c.id).where(APPLICATIONS.c.id == application_id).with_for_update()
    if db.session.scalars(held).one_or_none() is None or not _get(application_id).is_open:
        raise ApplicationSettled
    return _get(application_id)


def settle(before: Application, state: ApplicationState, *, now: datetime, **more: object) -> None:
    """Let an application be in its last state."""
    values = {"state": state, "answered_at": now, "changed_at": now, **more}
    db.session.execute(update(APPLICATIONS).where(APPLICATIONS.c.id == before.id).values(values))


def no_longer_applies(application: Application, day: date, *, now: datetime) -> None:
    """Let an organisation be from a day on what it was before it applied.

    That it applied until then stays. Where it was nothing it is interested: it asked, after all.
    """
    number = application.organisation_id
    if number is None:
        return
    history = memberships.records(memberships.history(number))
    if state_on(history, day) is not MembershipState.APPLIED:
        return
    others = [each for each in history if each.state is not MembershipState.APPLIED]
    before = state_on(others, day) or MembershipState.INTERESTED
    membership.write(number, Statement(before, day), actor=CONTACT, now=now)


def forget_old(*, now: datetime) -> int:
    """Delete applications half a year after a no, a year after a yes; returns how many."""
    said_no = APPLICATIONS.c.state.in_((ApplicationState.DECLINED, ApplicationState.WITHDRAWN))
    over = or_(
        said_no & (APPLICATIONS.c.answered_at < now - KEPT_AFTER_NO),
        (APPLICATIONS.c.state == ApplicationState.ACCEPTED)
        & (APPLICATIONS.c.answered_at < now - KEPT_AFTER_YES),
    )
    with transaction():
        result = db.session.execute(delete(APPLICATIONS).where(over))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _get(application_id: int) -> Application:
    found = applications.find(application_id)
    if found is None:
        raise ApplicationSettled
    return found


def _is_same(found: Application, said: Said) -> bool:
    """Return whether a form says what was stored; of a file only whether there is one."""
    return (
        found.organisation == said.organisation
        and same(found.applicant, said.applicant)
        and as_facts(found.checks) == as_facts(said.checks)
        and (said.file is None or found.document is not None)
    )


def _require_room(file: MaterialFile | None) -> None:
    if file is not None and applications.count_open_documents() >= MOST_OPEN_DOCUMENTS:
        raise NoRoomForDocuments


def _record(verb: str, application_id: int, *, now: datetime) -> None:
    auditing.record(verb, actor=CONTACT, now=now, details={"application": application_id})
