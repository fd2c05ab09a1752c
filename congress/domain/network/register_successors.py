"""Which organisation follows which, as a table says it: found, and never in a circle."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from congress.domain.network import keys
from congress.domain.network.register_difference import Finding, Known
from congress.domain.network.register_rows import RegisterRow, Why
from congress.domain.people import fold_name


def followed(findings: Sequence[Finding], known: Collection[Known]) -> list[Finding]:
    """Find the successors that rows name; who cannot be followed so is refused."""
    before = {
        each.id: each.facts.successor_id for each in known if each.facts.successor_id is not None
    }
    while True:
        nodes = _nodes(findings, known)
        found = [_with_successor(each, nodes) for each in findings]
        said = {
            each.node: nodes[_sought(each.row)]
            for each in found
            if each.after is not None and each.row.successor
        }
        circles = _circles(before | said, said)
        found = [
            each.refused(Why.CIRCLE, each.row.successor) if each.node in circles else each
            for each in found
        ]
        # Whoever is refused now may be the successor that another row has found.
        if sum(each.after is None for each in found) == sum(
            each.after is None for each in findings
        ):
            return found
        findings = found


def _nodes(findings: Iterable[Finding], known: Iterable[Known]) -> dict[str, int]:
    """Return whom a key or name means: what is known, and what the table says of it."""
    nodes: dict[str, int] = {}
    for each in known:
        nodes |= dict.fromkeys((*each.aliases, fold_name(each.facts.name)), each.id)
        nodes |= {each.facts.ags: each.id} if each.facts.ags else {}
    for finding in findings:
        if finding.after is not None:
            names = (finding.after.ags, fold_name(finding.after.name), fold_name(finding.row.name))
            nodes |= {each: finding.node for each in names if each}
    return nodes


def _sought(row: RegisterRow) -> str:
    key = keys.read_key(row.successor)
    return key.text if isinstance(key, keys.Key) else fold_name(row.successor)


def _with_successor(finding: Finding, nodes: Mapping[str, int]) -> Finding:
    row, after = finding.row, finding.after
    if after is None or not row.successor:
        return finding
    node = nodes.get(_sought(row))
    if node is None:
        return finding.refused(Why.SUCCESSOR, row.successor)
    if after.valid_until is None:
        return finding.refused(Why.SUCCESSOR_WITHOUT_END)
    if node > 0:
        return replace(finding, after=replace(after, successor_id=node), successor_row=None)
    return replace(finding, successor_row=-node)


def _circles(followers: Mapping[int, int], said: Iterable[int]) -> set[int]:
    """Return which of these would be followed by themselves."""
    found = set()
    for start in said:
        seen, at = {start}, followers.get(start)
        while at is not None and at not in seen:
            seen.add(at)
            at = followers.get(at)
        if at == start:
            found.add(start)
    return found
