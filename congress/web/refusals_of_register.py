"""The words for every "no" about the register of organisations."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import organisations, uniting

HEADINGS: dict[type[Refused], LazyString] = {
    organisations.NameTaken: _("This name is another organisation’s"),
    organisations.NameOfItself: _("This organisation is found by this name already"),
    organisations.KeyTaken: _("This official key is another organisation’s"),
    organisations.DomainTaken: _("This mail domain is another organisation’s"),
    organisations.DomainOfAnybody: _("At this mail domain anyone can have an address"),
    organisations.OrganisationEditedMeanwhile: _(
        "Someone else saved this organisation after you opened the form"
    ),
    organisations.SuccessorsInCircle: _("These mergers would lead in a circle"),
    organisations.OrganisationsUnseen: _("The two organisations have changed in the meantime"),
    uniting.BothInOnePlace: _("Both entries stand where only one of them can"),
}
WORDS: dict[type[Refused], LazyString] = {
    organisations.NameTaken: _(
        "“%(name)s” has this name or is found by it. Please enter another one, for example with "
        "the district in brackets, or merge the two."
    ),
    organisations.NameOfItself: _("There is nothing to add: it is called so, or listed below."),
    organisations.KeyTaken: _(
        "“%(name)s” has it. Please compare the figures, enter a last day there, or merge the two."
    ),
    organisations.DomainTaken: _(
        "Addresses there belong to “%(name)s”. If that is wrong, please remove it there first."
    ),
    organisations.DomainOfAnybody: _(
        "So it says nothing of where someone works. Please enter the organisation’s own domain."
    ),
    organisations.OrganisationEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    organisations.SuccessorsInCircle: _(
        "The organisation that you entered was itself merged into this one. Please choose another "
        "one, or change that one first."
    ),
    organisations.OrganisationsUnseen: _(
        "So nothing is merged yet. Please look at both once more as they are now."
    ),
    uniting.BothInOnePlace: _(
        "So nothing is merged yet. For example both take part in the same thing or vote on it. "
        "Please remove one of the two there first."
    ),
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names; nothing where the refusal is of something else."""
    match refusal:
        case (
            organisations.NameTaken(name)
            | organisations.KeyTaken(name)
            | organisations.DomainTaken(name)
        ):
            return {"name": name}
        case _:
            return {}
