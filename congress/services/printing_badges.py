"""Badges as a file, and which of them were printed."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from sqlalchemy import delete, insert, or_

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.badges import BadgeWish
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.formats import badges as sheets
from congress.formats import print_heading, printing
from congress.formats.badges import Paper
from congress.formats.catalogue import catalogue
from congress.models import PrintedBadge
from congress.queries import badges as queries
from congress.queries import congresses, on_paper
from congress.queries.retention import long_over
from congress.services import auditing, tokens
from congress.services.exporting import ExportedFile
from congress.transaction import read_one_state, transaction

PRINTED = table_of(PrintedBadge)


def make_file(
    congress_id: int, wish: BadgeWish, paper: Paper, *, language: str, actor: Actor, now: datetime
) -> ExportedFile:
    """Write the badges that are wanted into a PDF and that it was made into the log (GDPR-09).

    What was printed is not noted: whoever holds the sheets in their hands says so.
    """
    read_one_state()
    congress = congresses.get_congress(congress_id)
    batch = queries.batch(congress, wish)
    registered = {int(each.holder[1:]) for each in batch.badges if each.code}
    codes = tokens.tokens_for(registered, TokenPurpose.CHECK_IN)
    printed = sheets.sheets_of(
        batch.badges,
        paper,
        congress,
        {f"r{number}": code for number, code in codes.items()},
        language=language,
        created=now,
    )
    content = printing.pdf(print_heading.with_logo(printed, on_paper.logo_of(congress)))
    with transaction():
        auditing.record(
            "badges_exported",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"count": len(batch.badges), "sheet": paper.sheet.key},
        )
    called = catalogue(language).gettext("badges")
    name = f"{congress.slug}-{called}-{now.astimezone(congress.zone).date()}.pdf"
    return ExportedFile(BytesIO(content), name, printing.CONTENT_TYPE, len(batch.badges))


def mark_printed(
    congress_id: int,
    digests: Mapping[str, str],
    *,
    with_workshops: bool,
    actor: Actor,
    now: datetime,
) -> int:
    """Note the badges that were printed, by holder; returns how many were noted.

    Whose badge says something else by now needs another one, and so is left out.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        held = queries.digests(congress, with_workshops=with_workshops, holders=digests.keys())
        same = {holder: digest for holder, digest in digests.items() if held.get(holder) == digest}
        rows = [
            {
                "congress_id": congress_id,
                "registration_id": int(holder[1:]) if holder[0] == "r" else None,
                "person_id": int(holder[1:]) if holder[0] == "p" else None,
                "digest": digest,
                "printed_at": now,
            }
            for holder, digest in same.items()
        ]
        if not rows:
            return 0
        whose = (
            PRINTED.c.registration_id.in_([each["registration_id"] for each in rows]),
            PRINTED.c.person_id.in_([each["person_id"] for each in rows]),
        )
        db.session.execute(delete(PRINTED).where(PRINTED.c.congress_id == congress_id, or_(*whose)))
        db.session.execute(insert(PRINTED), rows)
        auditing.record(
            "badges_printed",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"count": len(rows)},
        )
        return len(rows)


def forget_old(*, now: datetime) -> int:
    """Forget which badges were printed, a month after a congress; returns how many."""
    with transaction():
        over = PRINTED.c.congress_id.in_(long_over(now, KEPT_A_MONTH))
        result = db.session.execute(delete(PRINTED).where(over))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
