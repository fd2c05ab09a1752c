"""Two entries of one organisation made one: everything that hangs on the other one moves."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Column,
    CursorResult,
    Table,
    UniqueConstraint,
    Update,
    delete,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.network.organisations import (
    OrganisationsUnseen,
    require_no_circle,
)
from congress.domain.network.uniting import BothInOnePlace, Side, mark_of, united
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import (
    ConditionCheck,
    Congress,
    CongressOrganisation,
    LandQuestion,
    Membership,
    Organisation,
    OrganisationAlias,
    SameQuestion,
)
from congress.queries.network import register
from congress.queries.network.uniting import referring
from congress.services.network import uniting_topics
from congress.services.network.cataloguing import aliases_of, hold, record, write
from congress.transaction import transaction

MEMBERSHIPS, CHECKS = table_of(Membership), table_of(ConditionCheck)
ORGANISATIONS, CARRIERS = table_of(Organisation), table_of(CongressOrganisation)
QUESTIONS, SAME = table_of(LandQuestion), table_of(SameQuestion)
CONGRESSES = table_of(Congress)
HOST = ("logo_type", "logo_digest", "logo_alt", "logo_width", "logo_height", "logo")


def unite(
    kept_id: int,
    other_id: int,
    of_other: Collection[str],
    *,
    seen: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Let one entry go on with all that the other one has; its name stays as another name.

    Raises OrganisationsUnseen, BothInOnePlace and SuccessorsInCircle.
    """
    with transaction():
        _hold_congresses(kept_id, other_id)
        rows = {number: hold(number) for number in sorted({kept_id, other_id})}
        kept, other = rows[kept_id], rows[other_id]
        one, two = (Side(each.id, register.facts_of(each)) for each in (kept, other))
        if mark_of(one, two) != seen:
            raise OrganisationsUnseen
        facts = united(one, two, of_other)
        names = {kept.name, other.name} - {facts.name}
        details = {"other": other.name if kept.name == facts.name else kept.name}
        _take_over_host(kept, other)
        _move_carriers(kept, other)
        _settle_histories(kept.id, other.id, now)
        _settle_questions(kept.id, other.id)
        uniting_topics.settle(kept.id, other.id)
        moved = {
            column.table.name: _move(column, other.id, kept.id)
            for column in referring()
            if column.table is not CARRIERS
        }
        db.session.flush()
        db.session.execute(delete(ORGANISATIONS).where(ORGANISATIONS.c.id == other.id))
        db.session.expunge(other)
        _name_also(kept, names)
        write(kept, facts, aliases=aliases_of(kept.id))
        db.session.flush()
        if facts.successor_id is not None:
            require_no_circle(kept.id, facts.successor_id, register.followed())
        moved = {name: many for name, many in moved.items() if many}
        record(
            "organisations_united",
            kept,
            actor=actor,
            now=now,
            details={**details, "other_id": other_id, "moved": moved},
        )


def _hold_congresses(*numbers: int) -> None:
    """Hold the congresses whose pages name either, before the organisations.

    Whoever registers, applies for a course or names a carrier holds the congress first and names
    the organisation then. Where it is only named in a line of the log it is not in the way.
    """
    carried = select(CARRIERS.c.congress_id).where(CARRIERS.c.organisation_id.in_(numbers))
    found = carried.union(uniting_topics.named(numbers)).subquery()
    held = select(CONGRESSES.c.id).where(CONGRESSES.c.id.in_(select(found.c.congress_id)))
    db.session.execute(held.order_by(CONGRESSES.c.id).with_for_update(key_share=True))


def _take_over_host(kept: Organisation, other: Organisation) -> None:
    """Legal texts and logo of the other one, where there are none."""
    if not kept.legal:
        kept.legal = other.legal
    if kept.logo_digest is None:
        for name in HOST:
            setattr(kept, name, getattr(other, name))


def _move_carriers(kept: Organisation, other: Organisation) -> None:
    """What either is to a congress; as objects, so that its pages are made anew."""
    carrier = CongressOrganisation
    both = db.session.scalars(
        select(carrier).where(carrier.organisation_id.in_([kept.id, other.id]))
    ).all()
    there = {(each.congress_id, each.role) for each in both if each.organisation_id == kept.id}
    for each in both:
        if each.organisation_id == kept.id:
            continue
        if (each.congress_id, each.role) in there:
            db.session.delete(each)
        else:
            each.organisation_id = kept.id
    db.session.flush()


def _settle_histories(kept: int, other: int, now: datetime) -> None:
    """Where both have a membership, or a checked condition, that of the one that goes on holds.

    The records of the other one move as well: superseded, so that it is known what was believed.
    """
    records, checks = MEMBERSHIPS.c, CHECKS.c
    has_one = select(records.id).where(
        records.organisation_id == kept, records.superseded_at.is_(None)
    )
    theirs = update(MEMBERSHIPS).where(
        records.organisation_id == other, records.superseded_at.is_(None), has_one.exists()
    )
    db.session.execute(theirs.values(superseded_at=now))
    checked = select(checks.condition).where(
        checks.organisation_id == kept, checks.superseded_at.is_(None)
    )
    theirs = update(CHECKS).where(
        checks.organisation_id == other,
        checks.superseded_at.is_(None),
        checks.condition.in_(checked),
    )
    db.session.execute(theirs.values(superseded_at=now))


def _settle_questions(kept: int, other: int) -> None:
    """Whoever of both has the same question has it once, and nobody shares the own one."""
    asked, same = QUESTIONS.c, SAME.c
    both = (kept, other)
    shared = select(same.question_id).where(same.organisation_id == kept)
    own = select(asked.id).where(asked.organisation_id.in_(both))
    twice = (same.organisation_id == other) & same.question_id.in_(shared)
    of_own = same.organisation_id.in_(both) & same.question_id.in_(own)
    for row in db.session.scalars(select(SameQuestion).where(twice | of_own)).all():
        db.session.delete(row)
    db.session.flush()


def _move(column: Column[int], other: int, kept: int) -> int:
    """Let the rows of a table name the one that goes on; returns how many did not."""
    table = column.table
    statement = update(table).where(column == other).values({column.name: kept})
    if not _is_in_a_key(column, table):
        return _changed(statement)
    try:
        with db.session.begin_nested():
            return _changed(statement)
    except IntegrityError:
        raise BothInOnePlace from None


def _changed(statement: Update) -> int:
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount


def _is_in_a_key(column: Column[int], table: Table) -> bool:
    """Return whether a table may name an organisation once only in some respect."""
    keys = [each.columns for each in table.constraints if isinstance(each, UniqueConstraint)]
    keys += [each.columns for each in table.indexes if each.unique]
    return any(column.name in each for each in keys)


def _name_also(kept: Organisation, names: Collection[str]) -> None:
    """Let it be found by the name that goes, unless it already is."""
    known = {fold_name(each) for each in aliases_of(kept.id)}
    for name in names:
        key = fold_name(name)
        if key not in known:
            alias = OrganisationAlias(organisation_id=kept.id, name=name, name_key=key)
            db.session.add(alias)
    db.session.flush()
