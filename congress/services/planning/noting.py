"""Notes of organisers about people in a programme, for one congress and no other."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.planning.speaker_sheets import Sheet, SheetUnseen, changed
from congress.extensions import db
from congress.models import Contributor, SpeakerSheet
from congress.queries.planning import speaker_sheets
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.planning import inviting, publishing
from congress.transaction import transaction

SHEETS, KNOWN = table_of(SpeakerSheet), table_of(Contributor)


def note(
    congress_id: int,
    person_id: int,
    sheet: Sheet,
    *,
    seen: str,
    sees_fee: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the notes about somebody; the log names what changed and never says it.

    Raises SheetUnseen.
    """
    with transaction():
        publishing.hold(congress_id)
        before = speaker_sheets.get(congress_id, person_id)
        if before.seen_by(sees_fee=sees_fee).mark != seen:
            raise SheetUnseen
        after = before.changed_by(sheet, sees_fee=sees_fee)
        fields = changed(before, after)
        if not fields:
            return
        number = inviting.row_of(congress_id, person_id).id
        db.session.execute(delete(SHEETS).where(SHEETS.c.contributor_id == number))
        if not after.is_empty:
            db.session.add(SpeakerSheet(contributor_id=number, **asdict(after)))
            db.session.flush()
        auditing.record(
            "sheet_edited", actor=actor, now=now, congress_id=congress_id, fields=fields
        )


def forget_old(*, now: datetime) -> int:
    """Delete the sheets of congresses that were over a year ago; returns how many."""
    over = long_over(now)
    old = select(KNOWN.c.id).where(KNOWN.c.congress_id.in_(over))
    with transaction():
        result = db.session.execute(delete(SHEETS).where(SHEETS.c.contributor_id.in_(old)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
