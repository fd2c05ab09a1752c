"""Signed sheets as evidence, on both databases: kept until a day, and told who read them."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from congress.domain.access import COMMAND
from congress.domain.answer_files import AnswerFile
from congress.domain.legal import keeps_evidence_until, notice_version
from congress.domain.sign_in import SheetFor
from congress.domain.signed_papers import MOST_BYTES, MOST_PAPERS, EvidenceDayOutside, TooManyPapers
from congress.models import AuditLine, SignedPaper
from congress.queries import congresses, signed_papers
from congress.services import filing
from tests.builders import BEGUN, STARTS, a_congress, a_workshop

SCAN = AnswerFile("Liste.pdf", "application/pdf", b"%PDF-1.7 signed")
DAY = STARTS.date()


def kept(session):
    return session.scalars(select(SignedPaper.id)).all()


def test_a_sheet_is_filed_once_read_and_removed_with_a_line_each(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=1)
    other = a_congress(slug="other").id
    for _twice in range(2):
        filing.file_paper(congress.id, SheetFor(DAY, workshop.id), SCAN, actor=COMMAND, now=BEGUN)
    [paper] = signed_papers.of_congress(congress.id)
    assert (paper.name, paper.size, paper.item_id) == ("Liste.pdf", 15, workshop.id)

    assert filing.hand_out(congress.id, paper.id, actor=COMMAND, now=BEGUN) == SCAN
    assert filing.hand_out(other, paper.id, actor=COMMAND, now=BEGUN) is None
    filing.remove(other, paper.id, actor=COMMAND, now=BEGUN)
    assert kept(session) == [paper.id]
    for _twice in range(2):
        filing.remove(congress.id, paper.id, actor=COMMAND, now=BEGUN)

    assert kept(session) == []
    lines = session.execute(select(AuditLine.verb, AuditLine.details).order_by(AuditLine.id)).all()
    assert [row.verb for row in lines] == ["paper_filed", "paper_read", "paper_removed"]
    said = {"day": DAY.isoformat(), "item": workshop.id, "digest": paper.digest}
    assert [row.details for row in lines] == [said] * 3


def test_one_file_is_filed_for_each_place_that_it_is_of(session):
    congress = a_congress()
    workshops = [a_workshop(congress, number=number).id for number in (1, 2)]
    places = [SheetFor(DAY), *(SheetFor(DAY, each) for each in workshops)]
    for where in places * 2:
        filing.file_paper(congress.id, where, SCAN, actor=COMMAND, now=BEGUN)
    filed = signed_papers.of_congress(congress.id)
    assert [SheetFor(each.day, each.item_id) for each in filed] == places
    other = a_congress(slug="other").id
    assert signed_papers.find_file(other, filed[0].id) is None
    assert signed_papers.find_file(congress.id, filed[0].id) == SCAN


def test_no_more_than_so_many_are_filed(session):
    congress = a_congress()
    common = {"congress_id": congress.id, "day": DAY, "filed_at": BEGUN, "content": b"x"}
    facts = {"name": "x.pdf", "media_type": "application/pdf", **common}
    for sizes in ([1] * MOST_PAPERS, [MOST_BYTES - len(SCAN.content) + 1]):
        session.execute(delete(SignedPaper))
        session.add_all(
            [SignedPaper(digest=str(each), size=size, **facts) for each, size in enumerate(sizes)]
        )
        session.commit()
        with pytest.raises(TooManyPapers):
            filing.file_paper(congress.id, SheetFor(DAY), SCAN, actor=COMMAND, now=BEGUN)


def test_they_go_after_the_day_that_the_notice_names(session):
    congress, other = a_congress(), a_congress(slug="other")
    number = congress.id
    for each in (number, other.id):
        filing.file_paper(each, SheetFor(DAY), SCAN, actor=COMMAND, now=BEGUN)
    before = congresses.get_congress(number)
    assert keeps_evidence_until(before) == date(2020, 12, 31)

    filing.keep_until(number, date(2017, 6, 30), actor=COMMAND, now=BEGUN)
    after = congresses.get_congress(number)
    assert keeps_evidence_until(after) == date(2017, 6, 30)
    assert notice_version("1", before) != notice_version("1", after)
    assert before.content_revision != after.content_revision

    # By the clock of the congress: half past one at night of the next day.
    last_minute = datetime(2017, 6, 30, 21, 59, tzinfo=UTC)
    assert filing.forget_old(now=last_minute) == 0
    assert filing.forget_old(now=datetime(2017, 6, 30, 22, 0, tzinfo=UTC)) == 1
    assert [each.id for each in signed_papers.of_congress(number)] == []
    assert len(signed_papers.of_congress(other.id)) == 1
    deleted = session.scalars(select(AuditLine.details).where(AuditLine.verb == "papers_deleted"))
    assert deleted.all() == [{"count": 1}]


def test_a_day_that_makes_no_sense_is_refused_and_none_is_as_usual(session):
    number = a_congress().id
    for day in (date(2015, 10, 20), date(2031, 1, 1)):
        with pytest.raises(EvidenceDayOutside):
            filing.keep_until(number, day, actor=COMMAND, now=BEGUN)
    filing.keep_until(number, DAY, actor=COMMAND, now=BEGUN)
    filing.keep_until(number, None, actor=COMMAND, now=BEGUN)
    filing.keep_until(number, None, actor=COMMAND, now=BEGUN)
    assert congresses.get_congress(number).evidence_until is None
    lines = session.scalars(select(AuditLine.details).order_by(AuditLine.id)).all()
    assert lines == [{"day": DAY.isoformat()}, {"day": None}]
