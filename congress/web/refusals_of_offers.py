"""The words for every "no" about offered places."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import contradictions, registration
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    registration.OfferExpired: _("The offer has expired"),
    registration.NoOffer: _("No place is being held for you any more"),
}
WORDS: dict[type[Refused], LazyString] = {
    registration.OfferExpired: _(
        "The place was held for you until %(moment)s and now goes to the next person in line."
    ),
    registration.NoOffer: _(
        "The offer was answered before, or it has expired. This page shows what applies now."
    ),
    contradictions.OffersEndWithoutOffers: _(
        "Places are not offered, so offers cannot end. Please enter how long one may answer, or "
        "leave this field empty."
    ),
    contradictions.OffersWithApproval: _(
        "With approval you decide who gets a place, so places are not offered by themselves. "
        "Please leave this field empty, or switch approval off."
    ),
    contradictions.OffersNeverMade: _(
        "Between the opening of registration and the last offer there is less time than one offer "
        "runs, so none would ever be made. Please enter fewer hours."
    ),
}
