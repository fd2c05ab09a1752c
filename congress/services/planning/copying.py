"""Copying: the next edition of a congress, made from the last one."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.next_edition import Caution, Holiday, next_edition, suggest_slug
from congress.domain.slugs import RESERVED, is_slug
from congress.extensions import db
from congress.formats.holidays_calendar import public_holiday
from congress.models import Congress
from congress.queries.planning.congress_files import as_plan, items_of
from congress.services import auditing
from congress.services.planning import importing
from congress.transaction import transaction


@dataclass(eq=False)
class _AboutSlug:
    """What a refusal names that is about the name of one congress."""

    slug: str


class UnknownCongress(_AboutSlug, Refused):
    """There is no congress of this name."""


class SlugTaken(_AboutSlug, Refused):
    """Another congress has this name already."""


class SlugNotUsable(_AboutSlug, Refused):
    """A name that cannot stand in an address, or that the program needs for itself."""


@dataclass(frozen=True)
class Copied:
    """The new edition and what its organiser should look at."""

    congress_id: int
    slug: str
    cautions: tuple[Caution, ...]


def copy_edition(
    slug: str,
    *,
    starting: date,
    actor: Actor,
    now: datetime,
    new_slug: str | None = None,
    state: CongressState = CongressState.DRAFT,
    holiday: Holiday = public_holiday,
) -> Copied:
    """Make the next edition of a congress, whole weeks later.

    Without a name of its own it is called like the last one, with the new year. Raises
    `UnknownCongress`, `SlugTaken`, `SlugNotUsable` and `NotWholeWeeks`.
    """
    with transaction():
        last = db.session.scalars(
            select(Congress).where(Congress.slug == slug),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if last is None:
            raise UnknownCongress(slug)
        plan = as_plan(last, items_of(last.id))
        name = new_slug or _free(suggest_slug(slug, plan.first_day, starting))
        if not is_slug(name) or name in RESERVED:
            raise SlugNotUsable(name)
        if _is_taken(name):
            raise SlugTaken(name)
        edition = next_edition(plan, starting=starting, slug=name, state=state, holiday=holiday)
        row = importing.store_new(edition.plan, now=now, edition_of_id=last.id)
        auditing.record(
            "edition_copied", actor=actor, now=now, congress_id=row.id, details={"from": last.id}
        )
        return Copied(row.id, row.slug, edition.cautions)


def _free(suggestion: str) -> str:
    """Two editions in one year are told apart by a number."""
    numbered = chain([suggestion], (f"{suggestion}-{number}" for number in count(2)))
    return next(slug for slug in numbered if not _is_taken(slug))


def _is_taken(slug: str) -> bool:
    return db.session.scalars(select(Congress.id).where(Congress.slug == slug)).first() is not None
