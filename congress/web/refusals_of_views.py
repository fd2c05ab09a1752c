"""The words for every "no" about saved views of the attendee list."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import attendee_views
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    attendee_views.ViewNamedAlready: _("There is already a view with this name"),
    attendee_views.ViewEditedMeanwhile: _(
        "Someone else changed or deleted this view after you opened the page"
    ),
    attendee_views.EnoughViews: _("There are 30 views already"),
}
WORDS: dict[type[Refused], LazyString] = {
    attendee_views.ViewNamedAlready: _(
        "So nothing has been saved yet. Please choose another name, or look at that view below: "
        "if you save again under its name, it is replaced."
    ),
    attendee_views.ViewEditedMeanwhile: _(
        "So nothing was changed. Below are the views as they are stored now."
    ),
    attendee_views.EnoughViews: _("Please delete or replace one that is no longer needed."),
}
