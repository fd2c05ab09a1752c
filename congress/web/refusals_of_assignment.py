"""The words for every "no" about the assignment of workshops by wishes."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import assigning
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    assigning.RunOutOfDate: _("Something has changed since this assignment was calculated"),
    assigning.NotReleasable: _("This assignment cannot be released"),
}
WORDS: dict[type[Refused], LazyString] = {
    assigning.RunOutOfDate: _(
        "Wishes, places or registrations are different now, so no place was given. Please have it "
        "calculated again, look at the result and release that."
    ),
    assigning.NotReleasable: _(
        "It was released before, it is not finished, or a newer one exists. This page shows what "
        "applies now."
    ),
}
