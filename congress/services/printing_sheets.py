"""Keeps what a sign-in sheet says when it is printed: "row 17" means what the paper says."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.sign_in import CODE_LENGTH, CODE_LETTERS, NumberedSheet, SheetFor
from congress.extensions import db
from congress.models import SignInSheet
from congress.queries import congresses, sign_in
from congress.queries.retention import long_over
from congress.services import auditing
from congress.transaction import transaction


def note_sheet(congress_id: int, meant: SheetFor, *, actor: Actor, now: datetime) -> NumberedSheet:
    """Keep the numbering of one sheet; see `note_sheets`."""
    [sheet] = note_sheets(congress_id, [meant], actor=actor, now=now)
    return sheet


def note_sheets(
    congress_id: int, sheets: Sequence[SheetFor], *, actor: Actor, now: datetime
) -> list[NumberedSheet]:
    """Keep the numbering of sheets that are about to be printed, and return them with their codes.

    A sheet that would say the same as the last one printed for the same keeps its code, so that
    printing twice makes no second paper to ask for. Items must be of the congress.
    """
    with transaction():
        congresses.hold(congress_id)
        rows, before = (
            sign_in.rows_of(congress_id, sheets),
            sign_in.printed_all(congress_id, sheets),
        )
        used, numbered, added = set(sign_in.codes(congress_id)), [], []
        for meant in dict.fromkeys(sheets):
            people = tuple(row.registration_id for row in rows[meant])
            last = before[meant][0] if before[meant] else None
            if last is None or last.registrations != people:
                code = _unused(used)
                used.add(code)
                added.append(code)
                db.session.add(
                    SignInSheet(
                        congress_id=congress_id,
                        item_id=meant.item_id,
                        day=meant.day,
                        code=code,
                        registrations=list(people),
                        printed_at=now,
                    )
                )
            else:
                code = last.code
            numbered.append(NumberedSheet(meant, code, rows[meant]))
        if added:
            auditing.record(
                "sign_in_sheets_printed",
                actor=actor,
                now=now,
                congress_id=congress_id,
                details={"codes": added},
            )
    return numbered


def forget_old(*, now: datetime) -> int:
    """Delete the sheets of congresses that were over a year ago; returns how many."""
    sheets = table_of(SignInSheet)
    with transaction():
        result = db.session.execute(delete(sheets).where(sheets.c.congress_id.in_(long_over(now))))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _unused(codes: set[str]) -> str:
    while True:  # there are hundreds of thousands
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if code not in codes:
            return code
