"""News for very many people: what it was about, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from congress.base import columns_of
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.news import News
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Announcement
from congress.queries import programme

# What stands in the place of a letter where one only keeps what everybody knew.
FINISHED = CongressState.FINISHED.value
OF_CONGRESS = ("title", "town", "venue", "address", "timezone", "online_link")
IS_OPEN = Announcement.finished_at.is_(None)
# In the same table waits what organisers wrote (`domain.mails.circulars`), which is no news.
IS_NEWS = Announcement.kind != MessageKind.MESSAGE
OPEN_NEWS = (IS_OPEN, IS_NEWS)


@dataclass(frozen=True)
class Progress:
    """One piece of news or circular: how many people it is for, and how many were dealt with."""

    kind: str
    total: int
    done: int
    created_at: datetime
    finished_at: datetime | None


def latest(congress_id: int, *, most: int) -> list[Progress]:
    """Return the last news and circulars of a congress, those still being written first."""
    rows = db.session.execute(
        select(*columns_of(Announcement, "kind total done created_at finished_at"))
        .where(Announcement.congress_id == congress_id, Announcement.kind != FINISHED)
        .order_by(IS_OPEN.desc(), Announcement.id.desc())
        .limit(most)
    )
    return [Progress(*row) for row in rows]


def letters_to_write() -> int:
    """Return how many letters are still to be written, over all congresses."""
    rest = func.coalesce(func.sum(Announcement.total - Announcement.done), 0)
    statement = select(rest).where(IS_OPEN)
    return int(db.session.scalars(statement).one())


def untold(congress: Congress) -> News:
    """Return the news of a congress that some people have not heard yet."""
    rows = db.session.scalars(
        select(Announcement.news)
        .where(Announcement.congress_id == congress.id, *OPEN_NEWS)
        .order_by(Announcement.id)
    )
    return together([from_json(row, congress) for row in rows])


def when_called_off(congress: Congress) -> News:
    """Return what everybody knew of a congress when it was called off last."""
    return _kept(congress, MessageKind.CONGRESS_CANCELLED)


def called_off_at(congress_id: int) -> datetime | None:
    """Return when a congress was called off last; of one that never took place it is not known."""
    statement = select(func.max(Announcement.created_at)).where(
        Announcement.congress_id == congress_id, Announcement.kind == MessageKind.CONGRESS_CANCELLED
    )
    at: datetime | None = db.session.scalar(statement)
    return at


def when_finished(congress: Congress) -> News:
    """Return what everybody knew of a congress when it was finished last."""
    return _kept(congress, FINISHED)


def _kept(congress: Congress, kind: str) -> News:
    row = db.session.scalars(
        select(Announcement.news)
        .where(Announcement.congress_id == congress.id, Announcement.kind == kind)
        .order_by(Announcement.id.desc())
        .limit(1)
    ).one_or_none()
    return News() if row is None else from_json(row, congress)


def together(found: Sequence[News]) -> News:
    """Return several news as one, the oldest first; of what changed twice the first before."""
    news = News()
    for each in found:
        news = each.after(news)
    return news


def as_json(news: News) -> dict[str, Any]:
    """Return what a row keeps of news."""
    before = news.congress
    congress = before and {
        **{name: _plain(getattr(before, name)) for name in OF_CONGRESS},
        "days": [_moments(slot) for slot in before.days],
        "closes_at": before.period.closes_at.isoformat(),
    }
    items = {
        str(number): {"face": programme.as_json(face), "slot": _moments(face.slot)}
        for number, face in sorted(news.faces.items())
    }
    return {"everybody": news.everybody, "congress": congress, "items": items}


def from_json(kept: Any, congress: Congress) -> News:  # noqa: ANN401 - whatever a row keeps
    """Return the news that a row kept of a congress, which is at hand as it is now.

    A row of an older version says only whom it is for, and nothing of what was before, or nothing
    of the deadline.
    """
    if not isinstance(kept, dict):
        return News(everybody=kept is None)
    before = None
    if known := kept["congress"]:
        values = {name: known[name] for name in OF_CONGRESS if name in known}
        before = replace(congress, **values, days=tuple(map(_slot, known["days"])))
        if closes_at := known.get("closes_at"):
            period = replace(before.period, closes_at=datetime.fromisoformat(closes_at))
            before = replace(before, period=period)
    faces = {
        int(number): programme.as_face(each["face"], *map(datetime.fromisoformat, each["slot"]))
        for number, each in kept["items"].items()
    }
    return News(before, faces, kept["everybody"])


def item_ids(kept: Any) -> list[int] | None:  # noqa: ANN401 - whatever a row keeps
    """Return the items whose people a row is for; None for everybody."""
    if isinstance(kept, dict):
        return None if kept["everybody"] else [int(number) for number in kept["items"]]
    return None if kept is None else list(kept)


def _plain(value: Any) -> Any:  # noqa: ANN401 - texts or text
    return dict(value) if isinstance(value, Mapping) else value


def _moments(slot: TimeSlot) -> list[str]:
    return [slot.starts_at.isoformat(), slot.ends_at.isoformat()]


def _slot(moments: Sequence[str]) -> TimeSlot:
    return TimeSlot(*map(datetime.fromisoformat, moments))
