"""Files as answers: what they may be, what they are called, who may be asked for one."""

import pytest

from congress.domain.answer_files import (
    LARGEST_ANSWER,
    AnswerFile,
    AnswerFileTooLarge,
    FilesOnlyInvited,
    WrongKindOfAnswer,
    answer_type,
    clean_name,
    require_invited,
    with_bytes,
)
from congress.domain.own_questions import OwnQuestion, QuestionKind, settled
from congress.domain.rules import Access

FILE = OwnQuestion(key="cv", kind=QuestionKind.FILE, label={"de": "Lebenslauf"}, is_required=True)
GONE = OwnQuestion(key="cv", kind=QuestionKind.FILE, label={}, is_retired=True)
LINE = OwnQuestion(key="line", kind=QuestionKind.LINE, label={})
PDF = b"%PDF-1.7\n"
CV = AnswerFile("cv.pdf", "application/pdf", PDF)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", WrongKindOfAnswer),
        (b"<html>", WrongKindOfAnswer),
        (b"RIFF0000WEBPVP8 ", WrongKindOfAnswer),
        (PDF + bytes(LARGEST_ANSWER), AnswerFileTooLarge),
    ],
)
def test_what_is_no_answer(content, refusal):
    with pytest.raises(refusal):
        answer_type(content)


def test_the_bytes_say_what_it_is():
    assert answer_type(PDF) == "application/pdf"
    assert answer_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert answer_type(PDF + bytes(LARGEST_ANSWER - len(PDF))) == "application/pdf"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Lebenslauf Müller.PDF", "Lebenslauf Müller.pdf"),
        ("..\\..\\C:\\cv.exe", "cv.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("a\r\nb\x00;\"'<c>.pdf", "a b c.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_names_are_cleaned(sent, name):
    assert clean_name(sent, "application/pdf") == name


def test_an_answer_needs_its_bytes_or_stood_before():
    given = {"cv": ("cv.pdf",), "line": ("cv.pdf",)}
    assert with_bytes([FILE, LINE], given, {}, {}) == {"line": ("cv.pdf",)}
    assert with_bytes([FILE, LINE], given, {"cv": ("cv.pdf",)}, {}) == given
    assert with_bytes([FILE, LINE], given, {}, {"cv": CV}) == given
    assert CV.renamed.name == "cv (2).pdf"


def test_only_invited_people_are_asked_and_other_forms_may_leave_it_open():
    require_invited([FILE], Access.INVITED)
    require_invited([GONE, LINE], Access.OPEN)
    with pytest.raises(FilesOnlyInvited):
        require_invited([LINE, FILE], Access.OPEN)
    assert settled([FILE], {}, ()) == {}
