"""Conditions of membership: what was found out is recorded, with what proves it.

Like a membership, what was recorded is never changed, only superseded by what is found out later.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, or_, select, update

from congress.base import table_of
from congress.domain.access import SYSTEM, Actor
from congress.domain.answer_files import AnswerFile
from congress.domain.network.conditions import (
    KEPT_AFTER_END,
    MOST_DOCUMENTS,
    Check,
    CheckedMeanwhile,
    TooManyDocuments,
    require_answer,
)
from congress.domain.network.doubts import NoSuchOrganisation
from congress.domain.network.membership import INSTANT
from congress.domain.planning.materials import MaterialFile
from congress.extensions import db
from congress.models import ConditionCheck, MembershipDocument
from congress.queries.network import conditions, members, memberships
from congress.queries.network.conditions import Checked
from congress.services import auditing
from congress.transaction import transaction

CHECKS, DOCUMENTS = table_of(ConditionCheck), table_of(MembershipDocument)


@dataclass(frozen=True)
class Finding:
    """What was found out about a condition, and on which day.

    Without a new file the document of before stays, unless it `drops_document`.
    """

    check: Check
    checked_on: date
    file: MaterialFile | None = None
    drops_document: bool = False


def check(
    organisation_id: int, finding: Finding, *, seen: int | None, actor: Actor, now: datetime
) -> None:
    """Record what was found out; the same once more changes nothing.

    `seen` is the number of what stood there when the form was opened. Raises NotPlannable,
    CheckedMeanwhile, TooManyDocuments and NoSuchOrganisation.
    """
    require_answer(finding.check.condition, finding.check.held)
    with transaction():
        if memberships.hold(organisation_id) is None:
            raise NoSuchOrganisation
        found = conditions.checks(organisation_id)
        before = conditions.believed(found).get(finding.check.condition)
        if before is not None and _says(before, finding):
            return
        if seen != (before.id if before else None):
            raise CheckedMeanwhile
        if finding.file is not None:
            if conditions.count_documents(organisation_id) >= MOST_DOCUMENTS:
                raise TooManyDocuments
            document_id: int | None = file_document(
                finding.file, organisation_id=organisation_id, now=now
            )
        else:
            kept = before.document if before and not finding.drops_document else None
            document_id = kept.id if kept else None
        write(organisation_id, finding, document_id, found, actor=actor, now=now)


def hand_out(
    organisation_id: int, document_id: int, *, actor: Actor, now: datetime
) -> AnswerFile | None:
    """Return a document and note who read it; None where there is none."""
    with transaction():
        file = conditions.find_file(organisation_id, document_id)
        if file is not None:
            details = {"organisation": organisation_id, "document": document_id}
            auditing.record("membership_document_read", actor=actor, now=now, details=details)
    return file


def write(
    organisation_id: int,
    finding: Finding,
    document_id: int | None,
    found: Iterable[Checked],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what was found out, and end what was held to be true, inside a transaction."""
    condition = finding.check.condition
    moments = [m for each in found for m in (each.recorded_at, each.superseded_at) if m is not None]
    moment = max([now, *(each + INSTANT for each in moments)])
    standing = (
        CHECKS.c.organisation_id == organisation_id,
        CHECKS.c.condition == condition,
        CHECKS.c.superseded_at.is_(None),
    )
    db.session.execute(update(CHECKS).where(*standing).values(superseded_at=moment))
    db.session.execute(
        insert(CHECKS).values(
            organisation_id=organisation_id,
            condition=condition,
            held=finding.check.held,
            shown_on=finding.check.shown_on,
            words=finding.check.words,
            document_id=document_id,
            checked_on=finding.checked_on,
            recorded_at=moment,
            recorded_by=actor.user_id,
        )
    )
    details = {"organisation": organisation_id, "condition": condition, "held": finding.check.held}
    auditing.record("condition_checked", actor=actor, now=now, details=details)


def file_document(
    file: MaterialFile,
    *,
    organisation_id: int | None = None,
    application_id: int | None = None,
    now: datetime,
) -> int:
    """Keep a document of an organisation, or of an application, inside a transaction."""
    row = MembershipDocument(
        organisation_id=organisation_id,
        application_id=application_id,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        digest=hashlib.sha256(file.content).hexdigest(),
        content=file.content,
        filed_at=now,
    )
    db.session.add(row)
    db.session.flush()  # the check that it proves needs its number
    return row.id


def _says(before: Checked, finding: Finding) -> bool:
    """Return whether this is what stands there already."""
    stays = finding.file is None and not (finding.drops_document and before.document)
    was, now = before.check, finding.check
    same = (was.held, was.shown_on, was.words) == (now.held, now.shown_on, now.words)
    return stays and same and before.checked_on == finding.checked_on


def forget_old(*, now: datetime) -> int:
    """Delete documents a while after what they prove holds no more; returns how many.

    That is when the check was superseded, or the organisation left the network and is nothing else
    to it since. The check stays, without its document.
    """
    belonging = members.belonging_since((now - KEPT_AFTER_END).date(), now.date())
    standing = select(CHECKS.c.document_id).where(
        CHECKS.c.document_id.is_not(None),
        or_(CHECKS.c.superseded_at.is_(None), CHECKS.c.superseded_at >= now - KEPT_AFTER_END),
        CHECKS.c.organisation_id.in_(belonging),
    )
    over = (
        DOCUMENTS.c.organisation_id.is_not(None),
        DOCUMENTS.c.filed_at < now - KEPT_AFTER_END,
        DOCUMENTS.c.id.not_in(standing),
    )
    with transaction():
        numbers = list(db.session.scalars(select(DOCUMENTS.c.id).where(*over)))
        db.session.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id.in_(numbers)))
        if numbers:
            details = {"count": len(numbers)}
            auditing.record("membership_documents_deleted", actor=SYSTEM, now=now, details=details)
    return len(numbers)
