"""The words of projects of the network: kinds, states, steps, parts."""

from datetime import UTC

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from congress.domain.network.projects import (
    Part,
    ProjectFacts,
    ProjectKind,
    ProjectState,
    ProjectStep,
)
from congress.queries.network.projects import Line
from congress.web import languages
from congress.web.languages import gettext

KINDS: dict[ProjectKind, LazyString] = {
    ProjectKind.PUBLICATION: _("Publication"),
    ProjectKind.WORKING_GROUP: _("Working group"),
    ProjectKind.CONTRIBUTION: _("Contribution to an event of others"),
    ProjectKind.INITIATIVE_CIRCLE: _("Initiative circle"),
}
STATES: dict[ProjectState, LazyString] = {
    ProjectState.PROPOSED: _("Proposed"),
    ProjectState.RUNNING: _("Running"),
    ProjectState.FINISHED: _("Finished"),
    ProjectState.DECLINED: lazy_pgettext("proposal", "Declined"),
}
BADGES: dict[ProjectState, str] = {
    ProjectState.PROPOSED: "few",
    ProjectState.RUNNING: "ok",
    ProjectState.FINISHED: "off",
    ProjectState.DECLINED: "off",
}
STEPS: dict[ProjectStep, LazyString] = {
    ProjectStep.ACCEPT: _("Take it on"),
    ProjectStep.DECLINE: _("Decline it …"),
    ProjectStep.FINISH: _("Finish the project"),
    ProjectStep.RESUME: _("Resume the project"),
}
DONE: dict[ProjectStep, LazyString] = {
    ProjectStep.ACCEPT: _("The project is running now."),
    ProjectStep.DECLINE: _("The project is declined."),
    ProjectStep.FINISH: _("The project is finished."),
    ProjectStep.RESUME: _("The project is running again."),
}
PARTS: dict[Part, LazyString] = {
    Part.LEAD: _("Leads it"),
    Part.PARTNER: _("Partner"),
    Part.PARTICIPANT: _("Takes part"),
}


def period(shown: Line | ProjectFacts) -> str:
    """Return from when until when a project runs, as far as that is known."""
    first, last = shown.starts_on, shown.ends_on
    dates = languages.dates(UTC)  # of days alone
    if first and last:
        return gettext("%(first)s to %(last)s", first=dates.date(first), last=dates.date(last))
    if first:
        return gettext("since %(day)s", day=dates.date(first))
    return gettext("until %(day)s", day=dates.date(last)) if last else ""
