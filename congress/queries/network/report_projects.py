"""How many projects of the network there were in some years: one statement."""

from collections import defaultdict

from sqlalchemy import and_, func, or_, select

from congress.base import table_of
from congress.domain.network.funder_report import Period, Projects
from congress.domain.network.projects import SHOWABLE, ProjectKind, ProjectState
from congress.extensions import db
from congress.models import NetworkProject

PROJECTS = table_of(NetworkProject)


def of_period(period: Period) -> dict[ProjectKind, Projects]:
    """Return by kind the projects that were taken on and ran on some day of these years.

    One without an end runs until it is finished; one without any day cannot be assigned.
    """
    first = func.coalesce(PROJECTS.c.starts_on, PROJECTS.c.ends_on)
    runs_on = PROJECTS.c.state == ProjectState.RUNNING
    last = func.coalesce(PROJECTS.c.ends_on, PROJECTS.c.starts_on)
    rows = db.session.execute(
        select(PROJECTS.c.kind, PROJECTS.c.state, func.count())
        .where(
            PROJECTS.c.state.in_(SHOWABLE),
            first <= period.ends_on,
            or_(last >= period.starts_on, and_(PROJECTS.c.ends_on.is_(None), runs_on)),
        )
        .group_by(PROJECTS.c.kind, PROJECTS.c.state)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, state, number in rows:
        found[kind][state] = number
    return {
        kind: Projects(
            found[kind].get(ProjectState.RUNNING, 0), found[kind].get(ProjectState.FINISHED, 0)
        )
        for kind in ProjectKind
        if kind in found
    }
