"""The words for every "no" of the network (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import (
    contact_notes,
    contacts,
    partners,
    released_figures,
    topics,
)
from congress.formats.dates import Dates

HEADINGS: dict[type[Refused], LazyString] = {
    contact_notes.NoteEditedMeanwhile: _("Someone else saved this note after you opened the form"),
    contact_notes.NoteGone: _("This note has been deleted"),
    contacts.TermNotInForce: _("This term is not in force"),
    contacts.NotOfYours: _("This person is not of your organisation"),
    contacts.NothingToTakeBack: _("There is nothing to take back"),
    contacts.IsHandedOver: _("Someone is to take over from you already"),
    contacts.NotForDeputies: _("Only contact persons can do this"),
    contacts.EnoughDeputies: _("There are enough deputies"),
    partners.PartnersNotAsked: _("No local partners are asked for"),
    partners.EnoughPartners: _("All local partners are named"),
    contacts.AlreadySpeaks: _("This person speaks for the organisation in these days already"),
    contacts.ContactEditedMeanwhile: _(
        "Someone else saved this contact person after you opened the form"
    ),
    contacts.TooEarly: _("That would be before the term began"),
    released_figures.YearsNotOver: _("These years are not over yet"),
    released_figures.YearsReleasedAlready: _("Some of these years have been published already"),
}
WORDS: dict[type[Refused], LazyString] = {
    contact_notes.NoteEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    contact_notes.NoteGone: _("Someone else has deleted it. If it is still needed, note it anew."),
    contacts.TermNotInForce: _(
        "Links and codes are sent only to whoever speaks for an organisation today. Please check "
        "first and last day of the term."
    ),
    contacts.NotOfYours: _("Nothing was changed. Please look at the list once more."),
    contacts.NothingToTakeBack: _("Nobody is to take over, or whoever does has begun already."),
    contacts.IsHandedOver: _("Please take that back first, then name someone else."),
    contacts.NotForDeputies: _("Please ask a contact person of your organisation."),
    contacts.EnoughDeputies: _(
        "Your organisation can have %(most)s deputies. Please take one out first."
    ),
    partners.PartnersNotAsked: _(
        "Members of the network name them for a themed workshop, until it is over. Please ask the "
        "office of the network."
    ),
    partners.EnoughPartners: _(
        "Your municipality can name %(most)s for this event. Please take one back first."
    ),
    contacts.AlreadySpeaks: _(
        "Nothing was saved. Please change the days, or end the other term of this person first."
    ),
    contacts.ContactEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    contacts.TooEarly: _("Please choose %(earliest)s or a later day."),
    released_figures.YearsNotOver: _(
        "Figures that still change are not published. Please choose years that are over."
    ),
    released_figures.YearsReleasedAlready: _(
        "Figures of %(years)s were published once and stay as they are: two states of one year "
        "would tell who was corrected in between. Please choose other years."
    ),
}


def facts(refusal: Refused, dates: Dates) -> dict[str, str]:
    """Return what a sentence names; nothing where the refusal is of something else."""
    match refusal:
        case partners.EnoughPartners(most) | contacts.EnoughDeputies(most):
            return {"most": str(most)}
        case contacts.TooEarly(earliest):
            return {"earliest": dates.date(earliest)}
        case released_figures.YearsReleasedAlready(period):
            return {"years": period.called}
        case topics.TooManyPoints(given, most):
            return {"given": str(given), "most": str(most)}
        case _:
            return {}
