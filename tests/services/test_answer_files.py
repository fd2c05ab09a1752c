"""Files that people answer with, on both databases: stored, replaced, taken over, let go."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain import editing
from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.answer_files import AnswerFile, FilesOnlyInvited
from congress.domain.correction import version_of
from congress.domain.own_questions import AskedIf, OwnQuestion, QuestionKind, as_json
from congress.domain.rules import Access
from congress.extensions import db
from congress.models import AnswerFile as FileRow
from congress.models import AuditLine, Congress
from congress.queries import own_answers as queries
from congress.queries.congresses import get_congress, get_heading
from congress.queries.invariants import list_broken
from congress.queries.registrations import get_own
from congress.services import correcting, own_answers, registering
from congress.services.merging import Merging, foresee, merge
from congress.services.planning import questioning, ruling
from tests.builders import ENDS, OPEN, a_congress, a_request, add
from tests.guests import an_invitation

pytestmark = pytest.mark.usefixtures("database")

ASKED = OwnQuestion(key="more", kind=QuestionKind.YES_NO, label={"de": "Mehr?"}, months=12)
CV = OwnQuestion(
    key="cv",
    kind=QuestionKind.FILE,
    label={"de": "Lebenslauf"},
    asked_if=AskedIf("more", "yes"),
    months=1,
)
YES = {"more": ("yes",), "cv": ("cv.pdf",)}


def a_file(content: bytes = b"%PDF-1", name: str = "cv.pdf") -> AnswerFile:
    return AnswerFile(name, "application/pdf", content)


@pytest.fixture
def congress(database) -> int:
    return a_congress(questions=as_json([ASKED, CV]), rules={"access": "invited"}).id


def register(congress: int, number: int, file: AnswerFile | None, answers=YES) -> int:
    request = a_request(number, own_answers=answers, files={"cv": file} if file else {})
    request = replace(request, invitation_id=an_invitation(congress).id)
    return registering.register(congress, request, now=OPEN).registration_id


def correct(number: int, answers, file: AnswerFile | None = None):
    own = get_own(number)
    return correcting.correct(
        number,
        own.person,
        version=version_of(own.person, own.answers),
        answers=answers,
        files={"cv": file} if file else {},
        actor=ATTENDEE,
        now=OPEN,
    )


def named(number: int) -> str:
    db.session.rollback()
    return "".join(queries.of_people([number]).get(number, {}).get("cv", ()))


def content(number: int) -> bytes:
    found = queries.find_file(number, "cv")
    return found.content if found else b""


def test_a_file_is_stored_replaced_and_removed_with_its_answer(congress):
    number = register(congress, 1, a_file())
    assert (named(number), content(number)) == ("cv.pdf", b"%PDF-1")
    assert not correct(number, YES, a_file()).is_stored  # the same one, sent twice
    assert correct(number, YES, a_file(b"%PDF-2")).is_stored
    assert (named(number), content(number)) == ("cv (2).pdf", b"%PDF-2")
    correct(number, {"more": ("no",), "cv": (named(number),)})
    assert (named(number), content(number)) == ("", b"")
    assert list_broken() == []
    lines = db.session.scalars(select(AuditLine.details))
    assert not any("cv (2)" in str(each) for each in lines)


def test_a_name_without_bytes_is_no_answer(congress):
    number = register(congress, 1, None)
    assert named(number) == ""
    correct(number, YES)
    assert named(number) == ""
    no = register(congress, 2, a_file(), {"more": ("no",), "cv": ("cv.pdf",)})
    assert (named(no), content(no)) == ("", b"")


def test_two_registrations_of_one_person_keep_one_file(congress):
    with_one, without = register(congress, 1, a_file()), register(congress, 2, None)
    own = register(congress, 3, a_file(b"%PDF-3", "own.pdf"))
    for kept, other, left in ((without, with_one, b"%PDF-1"), (own, without, b"%PDF-3")):
        merging = Merging(kept, other)
        seen = foresee(get_heading(congress), merging, now=OPEN).seen
        merge(merging, seen=seen, actor=COMMAND, now=OPEN)
        assert content(kept) == left
    assert list_broken() == []


def test_files_go_with_their_question_and_in_time(congress):
    register(congress, 1, a_file())
    own_answers.forget_old(now=ENDS + timedelta(days=31))
    assert not db.session.scalars(select(FileRow.id)).all()
    register(congress, 2, a_file())
    questioning.remove(congress, "cv", seen=1, actor=COMMAND, now=OPEN)
    assert not db.session.scalars(select(FileRow.id)).all()


def test_files_are_asked_only_of_who_is_invited(congress):
    heading = get_congress(congress)
    wanted = replace(heading.rules, access=Access.OPEN)
    version = editing.version_of(heading.rules.values)
    with pytest.raises(FilesOnlyInvited):
        ruling.rule(congress, wanted, version=version, actor=COMMAND, now=OPEN)
    row = db.session.get_one(Congress, congress)
    row.rules, row.questions = {}, as_json([ASKED, replace(CV, is_retired=True)])
    add(row)
    with pytest.raises(FilesOnlyInvited):
        questioning.retire(congress, "cv", is_retired=False, actor=COMMAND, now=OPEN)
    new = replace(CV, key="", asked_if=None)
    with pytest.raises(FilesOnlyInvited):
        questioning.save(congress, new, version="", actor=COMMAND, now=OPEN)
