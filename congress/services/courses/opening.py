"""Opening applications for a course, changing and closing them."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import CongressKind
from congress.domain.network.course_applications import Call, CourseCallEdited, NotATraining
from congress.extensions import db
from congress.models import CourseCall
from congress.queries import congresses, course_applications
from congress.services import auditing
from congress.transaction import transaction


def edit(congress_id: int, call: Call, *, version: str, actor: Actor, now: datetime) -> bool:
    """Save what can be applied for; returns whether anything is other than before.

    Raises NotATraining, and CourseCallEdited when `version` is not that of what was saved last.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if congress.kind is not CongressKind.TRAINING:
            raise NotATraining
        before = course_applications.find_call(congress_id)
        if before is not None and before.version == call.version:
            return False
        if (before.version if before else "") != version:
            raise CourseCallEdited
        found = select(CourseCall).where(CourseCall.congress_id == congress_id)
        row = db.session.scalars(found).one_or_none()
        if row is None:
            row = CourseCall(congress_id=congress_id)
            db.session.add(row)
        for name, value in vars(call).items():
            setattr(row, name, value)
        db.session.flush()
        details = {"open": call.is_open, "was_open": bool(before and before.is_open)}
        auditing.record(
            "course_call_edited", actor=actor, now=now, congress_id=congress_id, details=details
        )
    return True
