"""Which mailbox invites in the calendar entries of a congress: for ever the one that did so first.

Calendar programs take a revision, or the end of an entry, only from the organizer whom they know
(RFC 5546). So another MAIL_FROM is that of congresses that invite from then on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, update

from congress.base import table_of
from congress.extensions import db, settings
from congress.models import Congress
from congress.queries import calendars
from congress.transaction import transaction

CONGRESSES = table_of(Congress)


def of_mails(rows: Sequence[Row[*tuple[Any, ...]]]) -> Mapping[int, str]:
    """Return who invites, by congress, for mails that are to be put into words with an entry.

    Where that is to be settled, in a transaction of its own: whoever holds mails of the outbox
    must not wait for a congress, as those who hold a congress wait for its mails.
    """
    numbers = {
        row.congress_id
        for row in rows
        if row.congress_id is not None
        and row.content is None
        and (row.facts.get("entry") or row.facts.get("saved_date"))
    }
    if not numbers:
        return {}
    known = calendars.organizers(numbers)
    return {number: known[number] or _settle(number) for number in numbers}


def _settle(congress_id: int) -> str:
    """Let the sender of today invite from now on, unless somebody was faster."""
    with transaction():
        first = update(CONGRESSES).where(
            CONGRESSES.c.id == congress_id, CONGRESSES.c.organizer == ""
        )
        db.session.execute(first.values(organizer=settings().mail_from))
        return calendars.organizers([congress_id])[congress_id]
