"""Calendar entries as JSON keeps them: in their own rows and in the facts of a message.

Moments are written in UTC and read as UTC, so that what was stored equals what is said anew and
`revise` sees a change only where there is one. The address of a page is left out: it is put in
when an entry is written out.
"""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, cast

from congress.domain.calendars.calendar import Conference, Content, Entry, Method, Status
from congress.domain.mails.messages import ContentFacts, EntryFacts

LENGTH_OF_A_DATE = len("2015-10-21")


def as_json(content: Content) -> ContentFacts:
    """Return what a row or a message keeps of the words and times of an entry."""
    moments = {"starts": _as_text(content.starts), "ends": _as_text(content.ends)}
    kept = {**vars(content), **moments, "categories": list(content.categories)}
    del kept["url"]
    if not content.reminder:  # as it was before there were any
        del kept["reminder"]
    del kept["conferences"]
    if content.conferences:
        kept["conferences"] = [vars(each).copy() for each in content.conferences]
    return cast("ContentFacts", kept)


def from_json(kept: ContentFacts) -> Content:
    """Return the words and times that `as_json` wrote."""
    moments = {"starts": _as_moment(kept["starts"]), "ends": _as_moment(kept["ends"])}
    words: dict[str, Any] = {**kept, **moments, "categories": tuple(kept["categories"])}
    rooms = tuple(Conference(**each) for each in kept.get("conferences", ()))
    return Content(
        **words | {"url": "", "conferences": rooms}
    )  # mails that wait since before have one


def mark_of(content: ContentFacts, status: str, name: str) -> str:
    """Return what tells from any other what an entry says to somebody of that name.

    Of one that is over nothing matters.
    """
    if status == Status.CANCELLED:
        return status
    said = {key: value for key, value in content.items() if key != "reminder"}
    return sha256(json.dumps([said, name], sort_keys=True).encode()).hexdigest()[:32]


def entry_facts(entry: Entry, method: Method) -> EntryFacts:
    """Return the entry as a message states it; personal entries only, which mark one as busy."""
    return {
        "method": method.value,
        "uid": entry.uid,
        "sequence": entry.sequence,
        "revised_at": _as_text(entry.revised_at),
        "status": entry.status.value,
        "content": as_json(entry.content),
    }


def entry_from_facts(facts: EntryFacts) -> Entry:
    """Return the entry that a message stated; its method is `Method(facts["method"])`."""
    return Entry(
        uid=facts["uid"],
        sequence=facts["sequence"],
        revised_at=datetime.fromisoformat(facts["revised_at"]),
        status=Status(facts["status"]),
        content=from_json(facts["content"]),
    )


def _as_text(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def _as_moment(text: str) -> datetime | date:
    if len(text) == LENGTH_OF_A_DATE:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text)
