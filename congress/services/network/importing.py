"""A table taken over into the register, as it was seen: in steps, each a short transaction.

What somebody has changed since it was looked at is passed over, and so is a name that somebody
has taken since. Nothing is deleted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.network.register_difference import Comparison, Finding, Known, Outcome
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import Organisation, OrganisationAlias
from congress.queries.network import register
from congress.services import auditing
from congress.services.network.cataloguing import record, write
from congress.transaction import transaction

STEP = 100  # rows in one transaction
Each = TypeVar("Each")


@dataclass
class Done:
    """What has become of a table: how many were added, changed and ended, and whom it passed by."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    passed_over: list[int] = field(default_factory=list)  # numbers of rows
    numbers: dict[int, int] = field(default_factory=dict)  # of new organisations by their rows


def import_all(
    comparison: Comparison, *, ends_on: date | None, actor: Actor, now: datetime
) -> Done:
    """Take everything over, step by step; with a day also end what a complete list lacks."""
    done = Done()
    wanted = comparison.of(Outcome.ADDED) + comparison.of(Outcome.CHANGED)
    for step in _steps([each for each in wanted if each.successor_row is None]):
        take_over(step, done, actor=actor, now=now)
    # Whose successor is new as well comes last, the end of a chain before its beginning.
    later = [each for each in wanted if each.successor_row is not None]
    while later:
        ready = [each for each in later if each.successor_row in done.numbers]
        if not ready:
            done.passed_over += [each.row.number for each in later]
            break
        for step in _steps(ready):
            take_over(step, done, actor=actor, now=now)
        later = [each for each in later if each not in ready]
    if ends_on is not None:
        for gone in _steps(comparison.missing):
            end(gone, done, on=ends_on, actor=actor, now=now)
    return done


def take_over(step: Sequence[Finding], done: Done, *, actor: Actor, now: datetime) -> None:
    """Add and change the organisations of some rows; `done` says what has become of them."""
    with transaction():
        rows = _held(each.known for each in step if each.known)
        aliases = _aliases(rows)
        taken = _taken(step)
        added, changed = [], []
        for finding in step:
            facts = finding.after
            if facts is None:
                continue
            if finding.successor_row is not None:
                facts = replace(facts, successor_id=done.numbers[finding.successor_row])
            row = rows.get(finding.known.id) if finding.known else None
            key = fold_name(facts.name)
            is_free = taken.get(key) in {None, row.id if row else None}
            is_seen = finding.known is None or (
                row is not None and register.facts_of(row).version == finding.known.facts.version
            )
            if not (is_free and is_seen):
                done.passed_over.append(finding.row.number)
                continue
            if row is None:
                row = Organisation(name=facts.name, name_key=key)
                db.session.add(row)
                added.append((finding, row))
            else:
                changed.append((finding, row))
            write(row, facts, aliases=aliases.get(row.id, ()))
        db.session.flush()
        done.numbers |= {finding.row.number: row.id for finding, row in (*added, *changed)}
        done.added += len(added)
        done.changed += len(changed)
        _record(len(added), changed, actor=actor, now=now)


def end(gone: Sequence[Known], done: Done, *, on: date, actor: Actor, now: datetime) -> None:
    """Let organisations end with a day; whoever has ended meanwhile stays as it is."""
    with transaction():
        for row in _held(gone).values():
            if row.valid_until is None and (row.valid_from is None or row.valid_from <= on):
                row.valid_until = on
                done.ended += 1
                record("organisation_changed", row, actor=actor, now=now, fields=["valid_until"])


def _record(
    added: int, changed: Sequence[tuple[Finding, Organisation]], *, actor: Actor, now: datetime
) -> None:
    """Add one line for a step, and one for each that was renamed or merged."""
    for finding, row in changed:
        told = [each for each in finding.changes if each in {"name", "valid_until", "successor_id"}]
        if told and finding.known:
            before = {"before": finding.known.facts.name} if finding.is_renamed else {}
            record("organisation_changed", row, actor=actor, now=now, fields=told, details=before)
    if added or changed:
        details = {"added": added, "changed": len(changed)}
        auditing.record("organisations_imported", actor=actor, now=now, details=details)


def _held(known: Iterable[Known]) -> dict[int, Organisation]:
    statement = (
        select(Organisation)
        .where(Organisation.id.in_([each.id for each in known]))
        .order_by(Organisation.id)
        .with_for_update()
    )
    return {row.id: row for row in db.session.scalars(statement)}


def _aliases(rows: Mapping[int, Organisation]) -> dict[int, tuple[str, ...]]:
    alias = OrganisationAlias
    found: dict[int, tuple[str, ...]] = {}
    statement = select(alias.organisation_id, alias.name).where(alias.organisation_id.in_(rows))
    for row in db.session.execute(statement.order_by(alias.id)):
        found[row.organisation_id] = (*found.get(row.organisation_id, ()), row.name)
    return found


def _taken(step: Sequence[Finding]) -> dict[str, int]:
    """Return who has one of these names by now, by the name or as another one."""
    names = [fold_name(each.after.name) for each in step if each.after]
    alias = OrganisationAlias
    known = select(Organisation.name_key, Organisation.id).where(Organisation.name_key.in_(names))
    others = select(alias.name_key, alias.organisation_id).where(alias.name_key.in_(names))
    return {row.name_key: row.id for row in db.session.execute(known.union_all(others))}


def _steps(of: Sequence[Each]) -> Iterator[Sequence[Each]]:
    waiting = iter(of)
    while step := list(islice(waiting, STEP)):
        yield step
