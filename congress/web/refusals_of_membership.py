"""The words for every "no" about membership of the network."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import access, applications, conditions, doubts

WORDS: dict[type[Refused], LazyString] = {
    access.HasNetworkRole: _(
        "This person has a role in the network already. You can change it in the list."
    ),
    applications.AppliedEnough: _(
        "Many applications have been sent with this address within an hour. Please try again later."
    ),
    applications.NoRoomForDocuments: _(
        "No files can be taken at the moment. Please send the form without one; you can add it "
        "later on the page of your application."
    ),
    applications.ApplicationSettled: _("This application was answered or withdrawn meanwhile."),
    applications.ApplicationUnseen: _(
        "The application was corrected after you opened the page, so nothing has been done yet. "
        "Please read it again."
    ),
    applications.OrganisationUndecided: _(
        "Please say first which organisation of the register it is."
    ),
    applications.ConditionsMissing: _("Not all conditions are fulfilled and proven."),
    applications.MemberTooEarly: _(
        "Please choose a day on which there is the organisation, at most a year ahead."
    ),
    doubts.NoSuchOrganisation: _(
        "This organisation is no longer in the register. It may have been merged with another one; "
        "please look for it there."
    ),
    doubts.RecordDoubted: _("This does not fit what is recorded already."),
    doubts.RecordSuperseded: _(
        "This record was corrected or taken back after you opened the page. Please go back, and "
        "correct what holds now."
    ),
    conditions.NotPlannable: _("This condition is fulfilled or not; it cannot be planned."),
    conditions.CheckedMeanwhile: _(
        "Someone else checked this condition after you opened the page. Send the form again if "
        "what you found out should hold instead."
    ),
    conditions.TooManyDocuments: _(
        "There are 60 documents of this organisation already. Please keep further ones elsewhere."
    ),
}
