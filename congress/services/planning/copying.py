"""Copying: the next edition of a congress, made from the last one."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from congress.domain import module_facts, paper
from congress.domain.access import Actor, Role
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.next_edition import next_edition, require_to_come, suggest_slug
from congress.domain.slugs import RESERVED, is_slug
from congress.domain.texts import Texts
from congress.domain.times.local_time import later_by_weeks
from congress.extensions import db
from congress.models import Call, Congress, CongressRole, Contributor
from congress.queries.planning import contributors
from congress.queries.planning.congress_files import as_plan, free_slug, is_taken, items_of
from congress.services import auditing, quotas
from congress.services.feedback import setting as feedback
from congress.services.mails import setting_reminders, templating
from congress.services.market import laying_out
from congress.services.planning import importing, tasks
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
    """The new edition, and the one it is made from."""

    congress_id: int
    slug: str
    plan: CongressPlan
    last: CongressPlan


def copy_edition(
    slug: str,
    *,
    starting: date,
    actor: Actor,
    now: datetime,
    new_slug: str | None = None,
    title: Texts | None = None,
    state: CongressState = CongressState.DRAFT,
) -> Copied:
    """Make the next edition of a congress, whole weeks later; whoever makes it may do all in it.

    Without a name of its own it is called like the last one, with the new year. Of people's data
    nothing goes along, nor do the rights of others. Raises `UnknownCongress`, `SlugTaken`,
    `SlugNotUsable`, `NotWholeWeeks` and `StartsInThePast`.
    """
    with transaction():
        # Held, so that a form sent twice makes one edition and not two.
        last = db.session.scalars(
            select(Congress).where(Congress.slug == slug).with_for_update(key_share=True),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if last is None:
            raise UnknownCongress(slug)
        plan = as_plan(last, items_of(last.id))
        require_to_come(plan, starting, today=now.astimezone(plan.zone).date())
        name = new_slug or free_slug(suggest_slug(slug, plan.first_day, starting))
        edition = next_edition(plan, starting=starting, slug=name, state=state, title=title)
        if not is_slug(name) or name in RESERVED:
            raise SlugNotUsable(name)
        if is_taken(name):
            raise SlugTaken(name)
        row = importing.store_new(edition, now=now, edition_of_id=last.id)
        row.look, row.letters = dict(last.look), dict(last.letters)
        weeks = (starting - plan.first_day).days // 7
        row.paper = paper.later(last.paper, weeks)
        row.modules = module_facts.later(last.modules, weeks)
        tasks.take_along(last.id, row.id, weeks, now=now)
        _take_people_along(last.id, row.id)
        templating.take_along(last.id, row.id)
        setting_reminders.take_along(last.id, row.id, now=now)
        feedback.take_along(last.id, row.id)
        quotas.take_along(last.id, row.id)
        laying_out.take_along(last.id, row.id)
        _take_call_along(last.id, row.id, weeks, plan.zone)
        if actor.user_id is not None:
            db.session.add(
                CongressRole(
                    user_id=actor.user_id, congress_id=row.id, role=Role.ORGANISER, given_at=now
                )
            )
        auditing.record(
            "edition_copied", actor=actor, now=now, congress_id=row.id, details={"from": last.id}
        )
        return Copied(row.id, row.slug, edition, plan)


def _take_call_along(last_id: int, edition_id: int, weeks: int, zone: ZoneInfo) -> None:
    """Take the texts of a call along, closed: whoever opens it reads them first."""
    last = db.session.scalars(select(Call).where(Call.congress_id == last_id)).one_or_none()
    if last is not None:
        db.session.add(
            Call(
                congress_id=edition_id,
                title=dict(last.title),
                text=dict(last.text),
                kinds=list(last.kinds),
                closes_at=later_by_weeks(last.closes_at, weeks, zone),
                is_open=False,
            )
        )


def _take_people_along(last_id: int, edition_id: int) -> None:
    """Let the new edition know how to reach who is in its programme, and who they are."""
    here = {each.person_id for each in contributors.of_congress(edition_id)}
    known = db.session.scalars(
        select(Contributor).where(
            Contributor.congress_id == last_id, Contributor.person_id.in_(here)
        )
    )
    db.session.add_all(
        Contributor(
            congress_id=edition_id,
            person_id=each.person_id,
            email=each.email,
            language=each.language,
            bio=dict(each.bio),
        )
        for each in known.all()
    )
    db.session.flush()
