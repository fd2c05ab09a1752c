"""Everything public of all congresses, folded to be searched; read once for each state of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select

from congress.base import columns_of, table_of
from congress.domain.archive import Archived, ArchivedItem
from congress.domain.congresses import Congress as CongressValue
from congress.domain.folding import fold_for_search
from congress.domain.planning.workshop_reports import Results, from_json
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Congress, Material, ProgrammeItem, Recommendation, WorkshopReport
from congress.queries import congresses
from congress.queries.planning import materials

CONGRESSES, ITEMS, REPORTS, MATERIALS, ADVICE = map(
    table_of, (Congress, ProgrammeItem, WorkshopReport, Material, Recommendation)
)
# Bookings change nothing here; the newest moment tells a congress that was deleted from the one
# that got its number.
STATE = select(
    func.count(),
    func.coalesce(func.sum(CONGRESSES.c.content_revision), 0),
    func.coalesce(func.max(CONGRESSES.c.id), 0),
    func.max(CONGRESSES.c.created_at),
).where(CONGRESSES.c.state.in_(congresses.PUBLIC))
SHOWN = (
    select(*columns_of(ITEMS, "id congress_id code released"))
    .where(ITEMS.c.released_starts_at.is_not(None))
    .order_by(ITEMS.c.released_starts_at, ITEMS.c.number, ITEMS.c.id)
)
TOLD = select(*columns_of(REPORTS, "congress_id item_id results")).where(
    REPORTS.c.results.is_not(None)
)
TITLED = select(*columns_of(MATERIALS, "congress_id item_id title editors")).where(
    materials.FOR_ALL
)
ADVISED = select(*columns_of(ADVICE, "congress_id text addressee answer")).where(
    ADVICE.c.is_published
)

Place = tuple[int, int | None]  # a congress, and an item of it

_kept: WeakKeyDictionary[Engine, tuple[tuple[Any, ...], tuple[Archived, ...]]] = WeakKeyDictionary()


def everything() -> tuple[Archived, ...]:
    """Return every public congress, past or not."""
    state = tuple(db.session.execute(STATE).one())
    known = _kept.get(db.engine)
    if known is None or known[0] != state:
        # What is read after its state may be newer than that, never older: then it is read again.
        known = state, _read()
        _kept[db.engine] = known
    return known[1]


def _read() -> tuple[Archived, ...]:
    items: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(SHOWN):
        if not row.released["cancelled"]:  # it did not take place, so nothing came of it
            items[row.congress_id].append(row)
    told = {(row.congress_id, row.item_id): row.results for row in db.session.execute(TOLD)}
    titles: dict[Place, list[Texts]] = defaultdict(list)
    for row in db.session.execute(TITLED):
        titles[row.congress_id, row.item_id] += [row.title, {"de": row.editors}]
    advice: dict[int, list[Texts]] = defaultdict(list)
    for row in db.session.execute(ADVISED):
        advice[row.congress_id] += [row.text, row.addressee, row.answer]
    return tuple(
        _archived(each, items[each.id], told, titles, advice[each.id])
        for each in congresses.public_congresses()
    )


def _archived(
    congress: CongressValue,
    items: Iterable[Any],
    told: dict[Place, Any],
    titles: dict[Place, list[Texts]],
    advice: list[Texts],
) -> Archived:
    place: Place = (congress.id, None)
    results = _results(told.get(place))
    named = [each.name for each in congress.organisations]
    year = str(congress.starts_at.astimezone(congress.zone).year)
    head = _folded(congress.title, congress.venue, more=(congress.town, year, *named))
    said = (results.text, results.next_steps, *titles[place], *advice)
    found = [_item(congress.id, row, told, titles) for row in items]
    has_own = not results.is_empty or bool(titles[place] or advice)
    return Archived(
        congress,
        head,
        _folded(congress.lead, congress.description, *said),
        tuple(found),
        has_own or any(each.has_results for each in found),
    )


def _item(
    congress_id: int,
    row: Any,  # noqa: ANN401 - a row of SHOWN
    told: dict[Place, Any],
    titles: dict[Place, list[Texts]],
) -> ArchivedItem:
    place: Place = (congress_id, row.id)
    results, title = _results(told.get(place)), row.released["title"]
    texts = (title, row.released["abstract"], results.text, results.next_steps, *titles[place])
    return ArchivedItem(
        row.code,
        title,
        _folded(*texts, more=(results.municipality, results.topic)),
        not results.is_empty or bool(titles[place]),
        results.municipality,
        results.topic,
    )


def _results(kept: Any) -> Results:  # noqa: ANN401 - what a row keeps
    return from_json(kept) if kept else Results()


def _folded(*texts: Texts, more: Iterable[str] = ()) -> str:
    return fold_for_search(*(text for each in texts for text in each.values()), *more)
