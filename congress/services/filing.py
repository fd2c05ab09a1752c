"""Files signed sheets as evidence, hands them out to who may read them, and lets go of them."""

import hashlib
from datetime import date, datetime

from sqlalchemy import delete, func, select

from congress.base import table_of
from congress.domain.access import SYSTEM, Actor
from congress.domain.answer_files import AnswerFile
from congress.domain.sign_in import SheetFor
from congress.domain.signed_papers import require_day, require_room
from congress.extensions import db
from congress.models import Congress, SignedPaper
from congress.queries import congresses, signed_papers
from congress.services import auditing
from congress.transaction import transaction

PAPERS = table_of(SignedPaper)


def file_paper(
    congress_id: int, where: SheetFor, file: AnswerFile, *, actor: Actor, now: datetime
) -> None:
    """Keep a signed sheet, as it was read from what was sent; the same once more changes nothing.

    Raises TooManyPapers.
    """
    digest = hashlib.sha256(file.content).hexdigest()
    with transaction():
        congresses.hold(congress_id)
        filed = signed_papers.of_congress(congress_id)
        known = {(each.item_id, each.day, each.digest) for each in filed}
        if (where.item_id, where.day, digest) in known:
            return
        require_room([each.size for each in filed], len(file.content))
        db.session.add(
            SignedPaper(
                congress_id=congress_id,
                item_id=where.item_id,
                day=where.day,
                name=file.name,
                media_type=file.media_type,
                size=len(file.content),
                digest=digest,
                content=file.content,
                filed_at=now,
            )
        )
        _record("paper_filed", congress_id, where, digest, actor=actor, now=now)


def hand_out(congress_id: int, paper_id: int, *, actor: Actor, now: datetime) -> AnswerFile | None:
    """Return a signed sheet and note who read it; None where there is none."""
    with transaction():
        paper = signed_papers.find(congress_id, paper_id)
        file = signed_papers.find_file(congress_id, paper_id)
        if paper is None or file is None:
            return None
        where = SheetFor(paper.day, paper.item_id)
        _record("paper_read", congress_id, where, paper.digest, actor=actor, now=now)
    return file


def remove(congress_id: int, paper_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a signed sheet that was filed by mistake; again changes nothing."""
    with transaction():
        congresses.hold(congress_id)
        paper = signed_papers.find(congress_id, paper_id)
        if paper is None:
            return
        db.session.execute(delete(PAPERS).where(PAPERS.c.id == paper_id))
        where = SheetFor(paper.day, paper.item_id)
        _record("paper_removed", congress_id, where, paper.digest, actor=actor, now=now)


def keep_until(congress_id: int, day: date | None, *, actor: Actor, now: datetime) -> None:
    """Keep signed sheets up to and including a day, or as long as usual.

    Raises EvidenceDayOutside.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if day is not None:
            require_day(day, congress.ends_at.astimezone(congress.zone).date())
        row = db.session.get_one(Congress, congress_id)
        before = row.evidence_until
        if before == day:
            return
        row.evidence_until = day
        details = {"day": day.isoformat() if day else None}
        auditing.record(
            "papers_kept_until", actor=actor, now=now, congress_id=congress_id, details=details
        )


def forget_old(*, now: datetime) -> int:
    """Delete signed sheets after the day until which they are kept; returns how many.

    The log keeps how many, for whoever looks for them.
    """
    with transaction():
        over = signed_papers.kept_too_long(now)
        counted = db.session.execute(
            select(PAPERS.c.congress_id, func.count())
            .where(PAPERS.c.congress_id.in_(over))
            .group_by(PAPERS.c.congress_id)
        ).all()
        db.session.execute(delete(PAPERS).where(PAPERS.c.congress_id.in_(over)))
        for congress_id, many in counted:
            auditing.record(
                "papers_deleted",
                actor=SYSTEM,
                now=now,
                congress_id=congress_id,
                details={"count": many},
            )
        return sum(many for _congress_id, many in counted)


def _record(
    verb: str, congress_id: int, where: SheetFor, digest: str, *, actor: Actor, now: datetime
) -> None:
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=congress_id,
        details={"day": where.day.isoformat(), "item": where.item_id, "digest": digest},
    )
