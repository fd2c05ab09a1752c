"""Setting up a congress that nobody knows yet: a draft, and its maker is its organiser."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor, Role
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.people import fold_name
from congress.domain.slugs import RESERVED, is_slug
from congress.extensions import db
from congress.models import CongressRole, Organisation
from congress.queries import congresses
from congress.services import auditing
from congress.services.planning import importing
from congress.services.planning.copying import SlugNotUsable, SlugTaken
from congress.transaction import transaction


def set_up(plan: CongressPlan, *, actor: Actor, now: datetime) -> int:
    """Store a new congress as a draft and return its id; whoever makes it may do all in it.

    Organisations that are known keep the name under which they are. Raises SlugTaken and
    SlugNotUsable.
    """
    if not is_slug(plan.slug) or plan.slug in RESERVED:
        raise SlugNotUsable(plan.slug)
    with transaction():
        if congresses.find_heading(plan.slug) is not None:
            raise SlugTaken(plan.slug)
        row = importing.store_new(_with_known_names(plan), now=now)
        if actor.user_id is not None:
            db.session.add(
                CongressRole(
                    user_id=actor.user_id, congress_id=row.id, role=Role.ORGANISER, given_at=now
                )
            )
        auditing.record("congress_set_up", actor=actor, now=now, congress_id=row.id)
        db.session.flush()
        return row.id


def _with_known_names(plan: CongressPlan) -> CongressPlan:
    keys = [fold_name(each.name) for each in plan.organisations]
    rows = db.session.execute(
        select(Organisation.name_key, Organisation.name).where(Organisation.name_key.in_(keys))
    )
    known = {key: name for key, name in rows}  # noqa: C416 - rows, not pairs
    named = (
        replace(each, name=known.get(fold_name(each.name), each.name))
        for each in plan.organisations
    )
    return replace(plan, organisations=tuple(named))
