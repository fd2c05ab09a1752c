"""What a table would change in the register: each row beside what is known already.

Nothing is ever deleted: what a complete list lacks may be ended with a day, and stays. A row is
about the organisation with its official key, else with its name or another name of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from congress.domain.network import keys
from congress.domain.network.official_names import is_same_name, short_district
from congress.domain.network.organisations import (
    SECTOR_OF,
    Kind,
    OrganisationFacts,
    district_for,
)
from congress.domain.network.register_difference import Comparison, Finding, Known, Outcome
from congress.domain.network.register_rows import Fault, Note, RegisterRow, Why
from congress.domain.network.register_successors import followed
from congress.domain.organisation_names import likeness
from congress.domain.people import fold_name

COMPLETE = frozenset({Kind.MUNICIPALITY, Kind.DISTRICT})  # of which an official list has all


def compare(
    rows: Iterable[RegisterRow], known: Collection[Known], *, is_complete: bool = False
) -> Comparison:
    """Return what would become of each row, and with a complete list what it lacks."""
    given = list(rows)
    register = _Register(known)
    districts = _districts(given, known)
    findings = _named(
        [_finding(each, register, districts) for each in _told_apart(given)], known, districts
    )
    findings = [_settled(each) for each in followed(findings, known)]
    return Comparison(tuple(findings), _missing(given, findings, known) if is_complete else ())


class _Register:
    """Finds the organisation that a row is about; each is found once."""

    def __init__(self, known: Collection[Known]) -> None:
        # Whoever has not ended comes last, and so wins.
        ordered = sorted(known, key=lambda each: (each.facts.valid_until is None, -each.id))
        self._by_key = {each.facts.ags: each for each in ordered if each.facts.ags}
        self._by_name = {name: each for each in known for name in each.aliases}
        self._by_name |= {fold_name(each.facts.name): each for each in known}
        self._alike: dict[str, list[Known]] = {}
        for each in known:
            if each.facts.ags is None:
                self._alike.setdefault(likeness(each.facts.name), []).append(each)
        self._found: set[int] = set()

    def find(self, row: RegisterRow) -> Known | None:
        found = self._by_key.get(row.ags) if row.ags else None
        found = found or self._of_name(row) or self._like(row)
        if found is None or found.id in self._found:
            return None
        self._found.add(found.id)
        return found

    def _of_name(self, row: RegisterRow) -> Known | None:
        found = self._by_name.get(fold_name(row.name))
        is_it = found is None or not row.ags or found.facts.ags in {None, row.ags}
        return found if is_it else None

    def _like(self, row: RegisterRow) -> Known | None:
        """Only of what has no key: "Lünen" with one is the "Stadt Lünen" without."""
        alike = self._alike.get(likeness(row.name), []) if row.ags else []
        alike = [each for each in alike if each.facts.kind in {"", row.kind}]
        return alike[0] if len(alike) == 1 else None


def _told_apart(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Refuse what says the same organisation as a row before."""
    seen_keys: dict[str, int] = {}
    seen_names: dict[str, int] = {}
    found = []
    for row in rows:
        fault = None
        if row.ags:
            first = seen_keys.setdefault(row.ags, row.number)
            fault = Fault(Why.KEY_TWICE, str(first)) if first != row.number else None
        elif row.name:
            first = seen_names.setdefault(fold_name(row.name), row.number)
            fault = Fault(Why.NAME_TWICE, str(first)) if first != row.number else None
        found.append(replace(row, faults=(*row.faults, fault)) if fault else row)
    return found


def _districts(rows: Iterable[RegisterRow], known: Iterable[Known]) -> dict[str, str]:
    """Return the names of districts by their five figures, those of the table included."""
    both = [(each.facts.ags, each.facts.kind, each.facts.name) for each in known]
    both += [(each.ags, each.kind, each.name) for each in rows if not each.faults]
    return {
        keys.district_of(key): name
        for key, kind, name in both
        if key and (len(key) == keys.DISTRICT or keys.is_own_district(key) or kind == Kind.DISTRICT)
    }


def _finding(row: RegisterRow, register: _Register, districts: Mapping[str, str]) -> Finding:
    said = row.district
    if said and said not in districts:
        by_name = {fold_name(name): key for key, name in districts.items()}
        said = by_name.get(fold_name(said), "")
        if not said:
            row = replace(row, faults=(*row.faults, Fault(Why.DISTRICT, row.district)))
    if row.faults:
        return Finding(row, Outcome.OPEN, faults=row.faults)
    found = register.find(row)
    before = found.facts if found else OrganisationFacts(row.name)
    kind = row.kind or before.kind
    ags = row.ags or before.ags
    after = replace(
        before,
        name=before.name if is_same_name(before.name, row.name) else row.name,
        short_name=row.short_name or before.short_name,
        kind=kind,
        ags=ags,
        district=district_for(ags, said or before.district),
        sector=row.sector or before.sector or SECTOR_OF.get(kind, ""),
        inhabitants=before.inhabitants if row.inhabitants is None else row.inhabitants,
        valid_from=row.valid_from or before.valid_from,
        valid_until=row.valid_until or before.valid_until,
        website=row.website or before.website,
        suggested=True,
    )
    if after.valid_from and after.valid_until and after.valid_until < after.valid_from:
        return Finding(row, Outcome.OPEN, found).refused(Why.ENDS_BEFORE)
    notes = row.notes
    if ags and keys.district_of(ags) not in districts:
        notes = (*notes, Note.DISTRICT_UNKNOWN)
    return Finding(row, Outcome.ADDED, found, after, notes=notes)


def _named(
    findings: Sequence[Finding], known: Iterable[Known], districts: Mapping[str, str]
) -> list[Finding]:
    """Give whoever is new or renamed a name that nobody has: with the district in brackets."""
    taken: dict[str, int] = {}
    for each in known:
        taken |= dict.fromkeys((*each.aliases, fold_name(each.facts.name)), each.id)
    named = []
    for finding in findings:
        after = finding.after
        if after is None:
            named.append(finding)
            continue
        mine = finding.node
        free = next(
            (name for name in _names(after, districts) if taken.get(fold_name(name), mine) == mine),
            None,
        )
        if free is None:
            named.append(finding.refused(Why.NAME_TAKEN, after.name))
            continue
        taken[fold_name(free)] = mine
        notes = finding.notes if free == after.name else (*finding.notes, Note.NAME_COMPLETED)
        named.append(replace(finding, after=replace(after, name=free), notes=notes))
    return named


def _names(facts: OrganisationFacts, districts: Mapping[str, str]) -> list[str]:
    district = districts.get(facts.district or "")
    brackets = [short_district(district)] if district else []
    brackets += [facts.ags] if facts.ags else []
    return [facts.name, *(f"{facts.name} ({each})" for each in brackets)]


def _settled(finding: Finding) -> Finding:
    """Say whether anything changes of what is known already."""
    if finding.after is None or finding.known is None:
        return finding
    outcome = Outcome.CHANGED if finding.changes else Outcome.UNCHANGED
    return replace(finding, outcome=outcome)


def _missing(
    rows: Iterable[RegisterRow], findings: Iterable[Finding], known: Iterable[Known]
) -> tuple[Known, ...]:
    """Return what a complete list of some Länder has no more, and what has not ended yet."""
    there = {each.ags for each in rows if each.ags}
    lands = {keys.land_of(each) for each in there}
    found = {each.known.id for each in findings if each.known}
    return tuple(
        each
        for each in known
        if each.facts.kind in COMPLETE
        and each.facts.ags
        and keys.land_of(each.facts.ags) in lands
        and each.facts.ags not in there
        and each.id not in found
        and each.facts.valid_until is None
    )
