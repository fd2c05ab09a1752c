"""The words for every "no" about a marketplace (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import market
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    market.MarketEditedMeanwhile: _("Someone else saved this after you opened the form"),
    market.EntryGone: _("Someone else removed this after you opened the form"),
    market.EntriesOver: _("The last day for entries has passed"),
    market.TooManyEntries: _("You have entered as much as one organisation may"),
    market.EntriesDiffer: _("An offer and a demand cannot be one entry"),
    market.PartyInUse: _("This organisation stays for its agreements"),
    market.StandTaken: _("Another organisation has a stand of this number"),
    market.CategoryInUse: _("A category that is used cannot be removed"),
    market.WithItself: _("An agreement needs two organisations"),
}
WORDS: dict[type[Refused], LazyString] = {
    market.MarketEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    market.EntryGone: _("So nothing has been saved. The list shows what there is now."),
    market.EntriesOver: _("Please tell the organisers if something is to change."),
    market.TooManyEntries: _("Please remove an entry, or tell the organisers."),
    market.EntriesDiffer: _("Please choose two offers, or two demands."),
    market.PartyInUse: _("Please delete the agreements first if they were entered by mistake."),
    market.StandTaken: _("Please choose another number, or give the other one another stand."),
    market.CategoryInUse: _(
        "Offers, demands or agreements stand under it. You can call it otherwise, or move them "
        "to another category first."
    ),
    market.WithItself: _("Please choose who gives and, as somebody else, who receives."),
}
