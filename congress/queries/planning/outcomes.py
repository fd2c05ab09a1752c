"""What came of a congress, as its public page of results shows it."""

from collections import defaultdict

from sqlalchemy import exists, select

from congress.base import table_of
from congress.domain.planning.materials import Material
from congress.domain.planning.outcomes import Outcome
from congress.domain.planning.workshop_reports import Results
from congress.domain.programme import ProgrammeItem
from congress.extensions import db
from congress.models import Congress, WorkshopReport
from congress.models import Material as MaterialRow
from congress.models import Recommendation as RecommendationRow
from congress.queries import programme
from congress.queries.congresses import Heading
from congress.queries.kept import Kept
from congress.queries.planning import materials, workshop_reports

CONGRESSES, REPORTS, MATERIALS, RECOMMENDED = map(
    table_of, (Congress, WorkshopReport, MaterialRow, RecommendationRow)
)

_kept: Kept[bool] = Kept()


def are_published(heading: Heading) -> bool:
    """Return whether a congress has results for everybody, read once for each content."""

    def read() -> tuple[bool, int]:
        told = exists().where(REPORTS.c.congress_id == heading.id, REPORTS.c.results.is_not(None))
        shown = exists().where(MATERIALS.c.congress_id == heading.id, materials.FOR_ALL)
        advice = exists().where(RECOMMENDED.c.congress_id == heading.id, RECOMMENDED.c.is_published)
        row = db.session.execute(
            select(told | shown | advice, CONGRESSES.c.content_revision).where(
                CONGRESSES.c.id == heading.id
            )
        ).one()
        return bool(row[0]), row.content_revision

    return _kept.get(heading, read)


def of_congress(congress_id: int) -> tuple[Outcome, list[Outcome]]:
    """Return what came of the congress itself, and of its items in the order of the programme.

    Items of which nothing is published are left out.
    """
    told = workshop_reports.published(congress_id)
    shown: dict[int | None, list[Material]] = defaultdict(list)
    for each in materials.published(congress_id):
        shown[each.item_id].append(each)

    def outcome(item: ProgrammeItem | None) -> Outcome:
        key = item.id if item else None
        return Outcome(item, told.get(key, Results()), tuple(shown.get(key, ())))

    outcomes = map(outcome, programme.released_items(congress_id))
    return outcome(None), [each for each in outcomes if not each.is_empty]
