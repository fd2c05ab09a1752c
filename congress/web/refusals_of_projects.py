"""The words for every "no" about projects of the network (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import projects

HEADINGS: dict[type[Refused], LazyString] = {
    projects.StepNotPossible: _("This is not possible any more"),
    projects.ProjectEditedMeanwhile: _("Someone else saved this project after you opened the form"),
    projects.ProjectNotShown: _("The network has not taken this project on"),
    projects.PartOfOffice: _("Your organisation leads this project or is its partner"),
    projects.TooManyParts: _("There are as many organisations in this project as there may be"),
}
WORDS: dict[type[Refused], LazyString] = {
    projects.StepNotPossible: _(
        "The project has been taken further in the meantime. This page shows how it stands now."
    ),
    projects.ProjectEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    projects.ProjectNotShown: _(
        "Only running and finished projects can be public. Please take it on first."
    ),
    projects.PartOfOffice: _("Please tell the office of the network if that is to change."),
    projects.TooManyParts: _("Please remove one that no longer takes part."),
}
