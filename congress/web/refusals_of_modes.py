"""The words for every "no" about taking part on site or online."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import contradictions, modes
from congress.domain.errors import Refused
from congress.web import languages
from congress.web.mode_words import IN_SENTENCES

HEADINGS: dict[type[Refused], LazyString] = {
    modes.NotHybrid: _("There is only one way to take part"),
    modes.ModeFull: _("All places are taken: %(mode)s"),
    modes.NoneFreeThere: _("No place is free: %(mode)s"),
    modes.NotInThisMode: _("“%(title)s”: %(mode)s only"),
}
WORDS: dict[type[Refused], LazyString] = {
    modes.NotHybrid: _("So there is nothing to choose between."),
    modes.ModeFull: _(
        "There is no waiting list for them either. Please look whether there are places the other "
        "way."
    ),
    modes.NoneFreeThere: _(
        "The place held now is kept. There is no waiting list for changing over: what becomes free "
        "goes first to those who wait there. Please try again later."
    ),
    modes.NotInThisMode: _("Please choose something else, or take part that way."),
    contradictions.OnlinePlacesApart: _(
        "Only a hybrid event counts places online apart. Please choose that, or leave the field "
        "empty."
    ),
    contradictions.NoLinkToHoldBack: _(
        "Everyone comes to the venue and no online link is set, so there is nothing to send later. "
        "Please leave the field empty."
    ),
    modes.LinkToldAlready: _(
        "The online link is in emails and calendars already, so it cannot be held back any more. "
        "Please leave the field empty."
    ),
    modes.TakePartOtherwise: _(
        "Still registered that way (%(mode)s): %(people)s. No one loses a place by a rule, so "
        "please choose hybrid; once all of them take part the other way, you can change it."
    ),
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names; nothing for what is said elsewhere."""
    match refusal:
        case modes.ModeFull(mode):
            return {"mode": str(IN_SENTENCES[mode])}
        case modes.NotInThisMode(title, mode):
            return {"title": languages.text(title), "mode": str(IN_SENTENCES[mode])}
        case modes.TakePartOtherwise(people, mode):
            return {"people": str(people), "mode": str(IN_SENTENCES[mode])}
        case _:
            return {}
