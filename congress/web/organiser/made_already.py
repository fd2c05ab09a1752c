"""The event that a form would make once more, as when somebody goes back and sends it again."""

from congress.domain.access import Right
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.queries import workspaces
from congress.queries.workspaces import Workspace
from congress.services.planning.copying import SlugNotUsable, SlugTaken
from congress.web import access, refusals
from congress.web.languages import gettext as _


def find(refusal: SlugTaken | SlugNotUsable, title: str) -> Workspace | None:
    """Return the event of this short name and title, if it is one's own to work on."""
    found = workspaces.find_workspace(refusal.slug) if isinstance(refusal, SlugTaken) else None
    if found is None or found.title.get(REQUIRED_LANGUAGE) != title:
        return None
    return found if access.account().may(Right.SEE_CONGRESS, found.id) else None


def sentence(refusal: SlugTaken | SlugNotUsable, made: Workspace | None) -> str:
    """Return what is said at the field of the short name."""
    if made is None:
        return refusals.text(refusal)
    return _(
        "You have an event with this title and short name already. For another one, "
        "please choose a different short name."
    )
