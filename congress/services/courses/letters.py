"""Letters about applications for a course, and the links that they bring."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress import links, queue
from congress.base import table_of
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.kinds import KINDS, MessageKind
from congress.domain.mails.network_letters import CourseFacts
from congress.domain.network.course_applications import Applicant, Application, Named, State
from congress.domain.people import fold_email
from congress.domain.tokens import CourseLink
from congress.extensions import db
from congress.models import CourseApplication, CoursePerson
from congress.queries import course_applications
from congress.services.mails import drafting, facts
from congress.services.mails.telling import NEW_MESSAGES
from congress.services.tokens import make_again
from congress.transaction import after_commit

APPLICATIONS, PEOPLE = table_of(CourseApplication), table_of(CoursePerson)


def received(congress: Congress, application: Application, *, now: datetime) -> None:
    """Say that an application arrived, with the link to its page."""
    stated = _stated(congress, application, application.applicant)
    _store(
        congress, [(MessageKind.COURSE_RECEIVED, application.applicant, stated)], application, now
    )


def named(
    congress: Congress, application: Application, people: Sequence[Named], *, now: datetime
) -> None:
    """Tell people that they were named and by whom; not whoever named themselves."""
    own = fold_email(application.applicant.email)
    letters = []
    for each in people:
        if fold_email(each.email) != own:
            stated = _stated(congress, application, each)
            stated |= {"named_by": application.applicant.name, "course_person": each.id}
            letters.append((MessageKind.COURSE_NAMED, each, stated))
    _store(congress, letters, application, now)


def objected(congress: Congress, application: Application, *, now: datetime) -> None:
    """Tell whoever applied that somebody they named does not want to take part."""
    stated = _stated(congress, application, application.applicant)
    _store(
        congress, [(MessageKind.COURSE_OBJECTED, application.applicant, stated)], application, now
    )


def answered(
    congress: Congress, application: Application, state: State, rank: int | None, *, now: datetime
) -> None:
    """Tell whoever applied what the office has decided, and why, in its words."""
    stated = _stated(congress, application, application.applicant)
    stated["answer"] = str(state)
    stated["paragraphs"] = _paragraphs(application.reason)
    if rank is not None:
        stated["rank"] = rank
    _store(
        congress, [(MessageKind.COURSE_ANSWERED, application.applicant, stated)], application, now
    )


def called_off(congress: Congress, *, now: datetime) -> None:
    """Tell whoever applied and has no place that the course does not take place."""
    for each in course_applications.undecided(congress.id):
        stated = _stated(congress, each, each.applicant)
        stated |= {"answer": str(CongressState.CANCELLED), "paragraphs": []}
        _store(congress, [(MessageKind.COURSE_ANSWERED, each.applicant, stated)], each, now)


def link_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link that a letter brings; None once the row is deleted, or of another address."""
    person = stated.get("course_person")
    table, number, purpose, page = (
        (PEOPLE, person, CourseLink.NAMED, links.named_for_course)
        if person
        else (APPLICATIONS, stated["application"], CourseLink.APPLICANT, links.course_application)
    )
    found = select(table.c.nonce, table.c.key_id).where(
        table.c.id == number, table.c.email_key == fold_email(recipient)
    )
    row = db.session.execute(found).one_or_none()
    token = make_again(purpose, *row) if row else None
    return page(token) if token else None


def _stated(congress: Congress, application: Application, to: Applicant) -> CourseFacts:
    return {
        "congress": facts.of_congress(congress, application.language),
        "given_name": to.given_name,
        "family_name": to.family_name,
        "organisation": application.called,
        "application": application.id,
    }


def _paragraphs(words: str) -> list[list[str]]:
    blocks = words.split("\n\n")
    return [lines for block in blocks if (lines := block.strip().splitlines())]


def _store(
    congress: Congress,
    letters: Sequence[tuple[MessageKind, Applicant, CourseFacts]],
    application: Application,
    now: datetime,
) -> None:
    rows: list[drafting.Row] = [
        {
            "kind": kind,
            "message_id": drafting.new_message_id(),
            "congress_id": congress.id,
            "registration_id": None,
            "language": application.language,
            "facts": dict(stated),
            "created_at": now,
            "due_at": now,
            "priority": KINDS[kind].priority,
            **facts.mailbox(to.email, to.name),
        }
        for kind, to, stated in letters
    ]
    if rows:
        db.session.execute(NEW_MESSAGES, rows)
        after_commit(queue.wake)
