"""The words for every "no" about how many people a workshop needs, and about calling one off."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import hosts
from congress.domain.errors import Refused
from congress.domain.planning import binding, calling_off, minimum, scheduling

HEADINGS: dict[type[Refused], LazyString] = {
    calling_off.NotToBeCalledOff: _("This workshop cannot be cancelled here"),
    minimum.NothingToSettle: _("There is nothing to decide any more"),
    hosts.HostEditedMeanwhile: _("Someone else saved this after you opened the form"),
}
WORDS: dict[type[Refused], LazyString] = {
    calling_off.NotToBeCalledOff: _(
        "It is not public, has begun or is cancelled already. Nothing was changed."
    ),
    calling_off.NoTimeToChoose: _("Please enter a day that is to come, before the event begins."),
    minimum.DayNotToCome: _("Please enter a day after today and before that of the workshop."),
    minimum.DayWithoutMinimum: _(
        "Please enter the minimum number of people as well, or leave the day empty."
    ),
    minimum.MinimumAbovePlaces: _(
        "The minimum is more than there are places, so it could never be reached. Please lower it, "
        "or enter more places."
    ),
    minimum.MinimumTooLate: _(
        "The day on which the minimum is checked must be before that of the item."
    ),
    scheduling.NotTheFirst: _(
        "“The same as” must name the first of those that offer the same: another item that names "
        "none itself. Please choose one from the list."
    ),
    binding.NotTheFirstOfSeveral: _(
        "“Only one of these, with” must name the first of them: another item that names none "
        "itself. Please choose one from the list."
    ),
    binding.NotToGoWith: _(
        "“Only together with” must name another item that people choose and that is bound to none "
        "itself. Please choose one from the list."
    ),
    binding.NeverTogether: _(
        "No one could have both: the two are at the same time, or only one of them can be chosen. "
        "Please choose another item under “Only together with”, or another time."
    ),
    hosts.HostEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    minimum.NothingToSettle: _(
        "Enough people have a place by now, someone else has decided, or the workshop is cancelled."
    ),
}
