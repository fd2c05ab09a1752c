"""Letters that wait, put right where what they state by the way is no longer so."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from congress.base import columns_of, table_of
from congress.domain.congresses import Congress
from congress.domain.mails.truth import STATED_ANEW
from congress.domain.registration import DEADLINES
from congress.extensions import db
from congress.models import OutboxMessage
from congress.services.mails import facts

# What letters name by the way; all else is news, and overtakes. So does the deadline for whoever
# is registered, and a letter that tells of another one says what was true when it was written.
BY_THE_WAY = (*DEADLINES, "cost", "contact")
MAILS = table_of(OutboxMessage)
WAITING = (
    select(*columns_of(MAILS, "id language facts"))
    .where(
        MAILS.c.congress_id == bindparam("congress_id"),
        MAILS.c.state == "queued",
        MAILS.c.attempts == 0,  # else its bytes are made, and stay as they are
        MAILS.c.kind.not_in(STATED_ANEW),  # to hundreds, and none of them needs it
    )
    .with_for_update(skip_locked=True)
)
RESTATED = (
    update(MAILS)
    .where(MAILS.c.id == bindparam("mail_id"))
    .values(facts=bindparam("new_facts", type_=MAILS.c.facts.type))
)


def restate(before: Congress, after: Congress) -> None:
    """Let what has not gone out yet name the deadline, cost and contact of now."""
    if _stated(before, "de") == _stated(after, "de") and before.cost == after.cost:
        return
    found = [
        {"mail_id": row.id, "new_facts": {**row.facts, "congress": congress}}
        for row in db.session.execute(WAITING, {"congress_id": after.id})
        if (congress := _restated(row.facts, _stated(after, row.language)))
    ]
    if found:
        db.session.execute(RESTATED, found)


def _stated(congress: Congress, language: str) -> dict[str, Any]:
    return {name: facts.of_congress(congress, language)[name] for name in BY_THE_WAY}  # type: ignore[literal-required]


def _restated(stated: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a letter has to state of its congress; None where it states that already."""
    congress = stated.get("congress", {})
    is_news = "congress" in stated.get("before", {})
    new = {name: now[name] for name in now if name in congress}
    if is_news:
        new = {name: value for name, value in new.items() if name not in DEADLINES}
    return {**congress, **new} if any(congress[name] != new[name] for name in new) else None
