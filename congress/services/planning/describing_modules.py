"""Saying of each module of a course what it is about and where it is held."""

from collections.abc import Mapping
from datetime import datetime

from congress.domain import editing, module_facts
from congress.domain.access import Actor
from congress.domain.attendance import days_of
from congress.domain.mails.reach import NOBODY, Reach
from congress.domain.module_facts import ModulesEditedMeanwhile
from congress.services.planning import publishing
from congress.services.planning.publishing import Line
from congress.transaction import transaction


def describe(
    congress_id: int, values: Mapping[str, str], *, version: str, actor: Actor, now: datetime
) -> tuple[tuple[str, ...], Reach]:
    """Save it, and tell whoever is registered; returns the names of what changed, and whom.

    Calendar entries say it from then on. Raises ModulesEditedMeanwhile when `version` is not that
    of what was saved last.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        stored = module_facts.whole(row.modules, days_of(before))
        if editing.version_of(stored) != version or stored.keys() != values.keys():
            raise ModulesEditedMeanwhile
        names = editing.changes(stored, values)
        if not names:
            return (), NOBODY
        row.modules = module_facts.written(values)
        changes = {name: [stored[name], values[name]] for name in names}
        line = Line("modules_edited", names, {"changes": changes})
        told = publishing.publish(row, before, line, actor=actor, now=now, with_programme=False)
        return names, told.told
