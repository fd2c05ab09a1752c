"""Choosing the rules of registration of a congress."""

from datetime import datetime

from congress.domain import editing
from congress.domain.access import Actor
from congress.domain.contradictions import contradictions
from congress.domain.kinds import sizes
from congress.domain.rules import Rules, RulesEditedMeanwhile
from congress.extensions import db
from congress.queries import congresses, programme
from congress.services import auditing, kinds, priorities, quotas
from congress.services.planning import allocating, modes, publishing
from congress.transaction import transaction


def rule(
    congress_id: int, rules: Rules, *, version: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save the rules for whatever happens from now on; returns the names of those that changed.

    Nobody loses a place by another rule. Raises RulesEditedMeanwhile when `version` is not that of
    what was saved last, StillWaiting, and what rules that contradict each other are refused with.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        before = congress.rules.values
        if editing.version_of(before) != version:
            raise RulesEditedMeanwhile
        items = programme.current_items(congresses.get_heading(congress_id))
        for _name, refusal in contradictions(rules, congress, items):
            raise refusal
        names = editing.changes(before, rules.values)
        if "allocation" in names:
            was, becomes = congress.rules.allocation, rules.allocation
            allocating.follow(row, items, items, was=was, becomes=becomes)
        if names:
            modes.adopt(row, congress.rules, rules, now=now)
            row.rules = rules.stored
            row.revision += 1  # public pages say how one registers
            auditing.record(
                "rules_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                fields=names,
                details={"changes": {name: [before[name], rules.values[name]] for name in names}},
            )
        priorities.follow(congress_id, congress.rules.priority_groups, rules.priority_groups)
        db.session.flush()  # the places are held with the rules as they are now
        if "quota" in names:
            quotas.take_effect(congress_id, is_new=not congress.rules.quota, now=now)
        elif sizes(rules) != sizes(congress.rules):
            kinds.take_effect(congress_id, now=now)
        if not {"mode", "online_places"}.isdisjoint(names):
            modes.resize_online(congress_id, rules, now=now)
        if "link_hours" in names and not rules.link_hours and congress.holds_link_back:
            modes.tell_link(row, congress, now=now)
    return names
