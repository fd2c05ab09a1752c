"""News for very many people: what it was about, and how far it has come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, func, select

from congress.base import columns_of
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.news import News
from congress.domain.mails.untold import Untold
from congress.domain.registration import DEADLINES
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Announcement, Registration
from congress.queries import programme

# What stands in the place of a letter where one only keeps what everybody knew.
FINISHED = CongressState.FINISHED.value
OF_CONGRESS = (
    *("title", "town", "venue", "address", "timezone", "online_link", "link_is_out"),
    "modules",
)
IS_OPEN = Announcement.finished_at.is_(None)
# In the same table waits what is no news: what organisers wrote (`domain.mails.circulars`), and
# which workshops people got by their wishes.
IS_NEWS = Announcement.kind.not_in((MessageKind.MESSAGE, MessageKind.ASSIGNED))
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


def of_congress(congress_id: int) -> Select[Announcement]:
    """Return what is being told of a congress: one row, or more that an older version kept."""
    of_it = (Announcement.congress_id == congress_id, *OPEN_NEWS)
    return select(Announcement).where(*of_it).order_by(Announcement.id)


def open_rows(congress_id: int) -> Sequence[Announcement]:
    """Return what is being told of a congress, to look at."""
    return db.session.scalars(of_congress(congress_id)).all()


def with_untold(congress: Congress, news: Untold, rows: Sequence[Announcement]) -> Untold:
    """Return news together with those, of open rows, that some people have not heard yet.

    That a congress is called off keeps what people knew, for when it takes place after all.
    """
    rows = [each for each in rows if each.kind != MessageKind.CONGRESS_CANCELLED]
    return news if not rows else _after(rows[-1], news, together(rows, congress))


def together(rows: Sequence[Announcement], congress: Congress) -> Untold:
    """Return what is news to whom by some rows, the oldest first; most often it is one."""
    found = from_json(rows[0].news, congress)
    for older, newer in pairwise(rows):
        found = _after(older, from_json(newer.news, congress), found)
    return found


def _after(row: Announcement, news: Untold, older: Untold) -> Untold:
    """Return news with what a row has told only some people of."""
    there = db.session.scalar(
        select(func.max(Registration.id)).where(
            Registration.congress_id == row.congress_id, Registration.created_at <= row.created_at
        )
    )
    return news.after(older, told_up_to=row.told_up_to, there_up_to=there or 0)


def when_called_off(congress: Congress) -> Untold:
    """Return what people knew of a congress when it was called off last."""
    return _kept(congress, MessageKind.CONGRESS_CANCELLED)


def called_off_at(congress_id: int) -> datetime | None:
    """Return when a congress was called off last; of one that never took place it is not known."""
    statement = select(func.max(Announcement.created_at)).where(
        Announcement.congress_id == congress_id, Announcement.kind == MessageKind.CONGRESS_CANCELLED
    )
    at: datetime | None = db.session.scalar(statement)
    return at


def when_finished(congress: Congress) -> Untold:
    """Return what people knew of a congress when it was finished last."""
    return _kept(congress, FINISHED)


def _kept(congress: Congress, kind: str) -> Untold:
    row = db.session.scalars(
        select(Announcement.news)
        .where(Announcement.congress_id == congress.id, Announcement.kind == kind)
        .order_by(Announcement.id.desc())
        .limit(1)
    ).one_or_none()
    return Untold() if row is None else from_json(row, congress)


def as_json(news: Untold) -> dict[str, Any]:
    """Return what a row keeps of news; an older version reads what is news to the latest."""
    kept = _news_as_json(news.news)
    if news.up_to:
        kept["up_to"] = [[mark, _news_as_json(each)] for mark, each in news.up_to]
    return kept


def from_json(kept: Any, congress: Congress) -> Untold:  # noqa: ANN401 - whatever a row keeps
    """Return the news that a row kept of a congress, which is at hand as it is now.

    A row of an older version says only whom it is for, and nothing of what was before, or nothing
    of the deadline.
    """
    if not isinstance(kept, dict):
        return Untold(News(everybody=True))  # or whoever is in some items, and the rest has none
    marks = tuple((mark, _news(each, congress)) for mark, each in kept.get("up_to", ()))
    return Untold(_news(kept, congress), marks)


def without_people(kept: Any) -> Any:  # noqa: ANN401 - whatever a row keeps
    """Return what a row keeps of news without whose wishes ended by it."""
    if not isinstance(kept, dict):
        return kept
    rest = {name: each for name, each in kept.items() if name != "unranked"}
    if "up_to" in rest:
        rest["up_to"] = [[mark, without_people(each)] for mark, each in rest["up_to"]]
    return rest


def _news_as_json(news: News) -> dict[str, Any]:
    before = news.congress
    congress = before and {
        **{name: _plain(getattr(before, name)) for name in OF_CONGRESS},
        "days": [_moments(slot) for slot in before.days],
        **{
            name: moment.isoformat() if (moment := getattr(before.period, name)) else None
            for name in DEADLINES
        },
    }
    items = {
        str(number): {"face": programme.as_json(face), "slot": _moments(face.slot)}
        for number, face in sorted(news.faces.items())
    }
    kept = {"everybody": news.everybody, "congress": congress, "items": items}
    return kept | (
        {"unranked": {str(key): list(each) for key, each in news.unranked.items()}}
        if news.unranked
        else {}
    )


def _news(kept: Any, congress: Congress) -> News:  # noqa: ANN401 - whatever a row keeps
    before = None
    if known := kept["congress"]:
        values = {name: known[name] for name in OF_CONGRESS if name in known}
        before = replace(congress, **values, days=tuple(map(_slot, known["days"])))
        ends = {
            name: known[name] and datetime.fromisoformat(known[name])
            for name in DEADLINES
            if name in known
        }
        before = replace(before, period=replace(before.period, **ends))
    faces = {
        int(number): programme.as_face(each["face"], *map(datetime.fromisoformat, each["slot"]))
        for number, each in kept["items"].items()
    }
    unranked = {int(key): tuple(people) for key, people in kept.get("unranked", {}).items()}
    return News(before, faces, kept["everybody"], unranked)


def item_ids(kept: Any, news: Untold) -> Collection[int] | None:  # noqa: ANN401 - see above
    """Return the items whose people a row is for; None for everybody."""
    if isinstance(kept, dict):
        return None if news.whole.everybody else news.whole.faces
    return None if kept is None else list(kept)


def _plain(value: Any) -> Any:  # noqa: ANN401 - texts or text
    return dict(value) if isinstance(value, Mapping) else value


def _moments(slot: TimeSlot) -> list[str]:
    return [slot.starts_at.isoformat(), slot.ends_at.isoformat()]


def _slot(moments: Sequence[str]) -> TimeSlot:
    return TimeSlot(*map(datetime.fromisoformat, moments))
