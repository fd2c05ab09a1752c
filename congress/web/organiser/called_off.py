"""What the workspace of a called-off congress says first: since when, and whom it concerned."""

from congress.domain.congresses import CongressState
from congress.queries import announcements
from congress.queries.workspaces import Workspace
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext


def sentences(workspace: Workspace) -> list[str]:
    """Return what is so since a congress was called off; nothing where it takes place."""
    if workspace.state is not CongressState.CANCELLED:
        return []
    at = announcements.called_off_at(workspace.id)
    dates = languages.dates(workspace.zone)
    said = [_("Cancelled on %(day)s.", day=dates.date(at)) if at else _("This event is cancelled.")]
    said.append(
        ngettext(
            "%(num)d person was registered.", "%(num)d people were registered.", workspace.taken
        )
    )
    if workspace.waiting:
        said.append(
            ngettext(
                "%(num)d person was on the waiting list.",
                "%(num)d people were on the waiting list.",
                workspace.waiting,
            )
        )
    return said
