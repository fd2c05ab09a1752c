"""The words for every "no" about runs that assign workshops, and about decisions by hand."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.assignment import runs
from congress.domain.errors import Refused

WORDS: dict[type[Refused], LazyString] = {
    runs.NothingTakesWishes: _(
        "In no choice are places given by wishes and still to be assigned. You can choose so for "
        "the event in the rules, or for single choices on the page of wishes."
    ),
    runs.NothingIsAssigned: _(
        "No places have been assigned by wishes yet, so there is nothing to work out anew with as "
        "little change as possible."
    ),
    runs.NobodyHasWished: _(
        "Nobody with a place at the event has ranked a workshop yet, so there is nothing to assign."
    ),
    runs.NotHeld: _(
        "Places are assigned only while the event is published: it is a draft, cancelled or "
        "finished now."
    ),
    runs.AnotherRunUnderWay: _(
        "Another assignment is being worked out. Please wait until it is through, or stop it."
    ),
    runs.NotUnderWay: _("This assignment is through or was stopped already."),
    runs.NotComparable: _(
        "What one more place would change is worked out for the newest assignment only, as long "
        "as it is not released."
    ),
    runs.NotDecidable: _(
        "Nothing can be decided by hand for this workshop: it is cancelled, or its places are not "
        "given by wishes."
    ),
    runs.HasNoPlace: _(
        "This person has no place at the event, so they cannot be given one in a workshop."
    ),
    runs.NoLongerKept: _(
        "There is no file of this assignment: nothing came of it, or it was deleted together with "
        "what people answered."
    ),
}
