"""The words for every "no" about lists of attendees: views, notes, at the door, an act undone."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import (
    attendance,
    attendee_files,
    attendee_views,
    certificates,
    doors,
    list_mails,
    merging,
    notes,
    one_person,
    priority,
    registration,
    restoration,
)
from congress.domain.errors import Refused
from congress.web.languages import number, percent

HEADINGS: dict[type[Refused], LazyString] = {
    attendance.OnlyAsked: _("This person has asked for a place and has none yet"),
    attendance.StillWaiting: _("This person is on the waiting list and has no place"),
    attendance.TakesPartOnline: _("This person takes part online"),
    attendance.HasWithdrawn: _("This person’s registration has been cancelled"),
    list_mails.ListMailsOver: _("The event is over"),
    doors.NotBookedHere: _("This person has no place here"),
    doors.UnknownCode: _("This code is not known here"),
    doors.CodeReplaced: _("This code no longer holds"),
    attendee_files.TooWideToPrint: _("These are too many columns for a printed list"),
    attendee_files.TooLongToPrint: _("These are too many lines for a printed list"),
    certificates.TooFewModules: _("These are too few modules for a certificate"),
    certificates.SignatureEditedMeanwhile: _(
        "Someone else saved who signs after you opened the form"
    ),
    attendee_views.ViewNamedAlready: _("There is already a view with this name"),
    attendee_views.ViewEditedMeanwhile: _(
        "Someone else changed or deleted this view after you opened the page"
    ),
    attendee_views.EnoughViews: _("There are 30 views already"),
    registration.PlaceNoLongerFree: _("The place is taken"),
    restoration.StandsOtherwise: _("Something else has changed since"),
    notes.NoteEditedMeanwhile: _("Someone else changed this note after you opened the page"),
    one_person.SeenOtherwise: _("Something has changed meanwhile"),
    merging.WhoseWorkshop: _("Both registrations have something else at the same time"),
    merging.OnePersonTwice: _("This is one and the same registration"),
}
WORDS: dict[type[Refused], LazyString] = {
    priority.NoSuchGroup: _(
        "There is no such priority group any more, so nothing was changed. Please choose one of "
        "those there are now."
    ),
    attendance.NobodyComes: _(
        "No one can be checked in, as the event is a draft or has been cancelled."
    ),
    attendance.NotInTheProgramme: _(
        "They no longer have a part in the published programme. Please look for them among the "
        "people who are registered."
    ),
    attendance.NotADayOfIt: _(
        "The event does not take place on this day. Please choose one of its days."
    ),
    doors.NotADoor: _(
        "This does not take place on that day (any more). You see the main entrance; please choose "
        "another door if you stand at one."
    ),
    doors.NotBookedHere: _(
        "So they were not checked in. If they have a place elsewhere, it stands below; you can let "
        "them in all the same."
    ),
    doors.UnknownCode: _(
        "Nobody at this event has this code. Please scan it again, or look for the name."
    ),
    doors.CodeReplaced: _(
        "This person has got another one since, for example with another email address. Please ask "
        "for the name, and check them in below if it is them."
    ),
    attendance.DayAhead: _("This day has not begun. People are checked in on the day itself."),
    attendance.OnlyAsked: _(
        "So they were not checked in. Only the organisers can decide about it."
    ),
    attendance.StillWaiting: _(
        "So they were not checked in. Only the organisers can give them a place."
    ),
    attendance.TakesPartOnline: _(
        "So there is no place on site for them. Please send them to the organisers, who can change "
        "it on the person’s page."
    ),
    attendance.HasWithdrawn: _(
        "So they were not checked in. Only the organisers can register them again."
    ),
    list_mails.ListMailsOver: _("So no link to a list is mailed any more."),
    attendee_files.TooWideToPrint: _(
        "They would be %(columns)s; %(most)s fit on a page. Please show fewer columns in the list "
        "and choose “As shown”, or take Excel."
    ),
    attendee_files.TooLongToPrint: _(
        "%(most)s lines can be printed at once. Please filter the list first, or take Excel."
    ),
    certificates.NothingToCertify: _(
        "No certificate can be issued: no one was checked in, or the event did not take place."
    ),
    certificates.TooFewModules: _(
        "%(attended)s of %(held)s modules were attended (%(share)s), and a certificate is issued "
        "from %(least)s. If attendance was not recorded, it can be entered later."
    ),
    certificates.NotOverYet: _("Certificates of attendance are issued once the event is over."),
    certificates.SignatureEditedMeanwhile: _(
        "So nothing was changed. What is saved now is shown below the form; if you save again, "
        "yours takes its place."
    ),
    attendee_views.ViewNamedAlready: _(
        "So nothing has been saved yet. Please choose another name, or look at that view below: "
        "if you save again under its name, it is replaced."
    ),
    attendee_views.ViewEditedMeanwhile: _(
        "So nothing was changed. Below are the views as they are stored now."
    ),
    notes.NoteEditedMeanwhile: _(
        "So yours has not been saved. Both are below: please put them together and save once more."
    ),
    attendee_views.EnoughViews: _("Please delete or replace one that is no longer needed."),
    registration.PlaceNoLongerFree: _("All places there are taken now."),
    restoration.StandsOtherwise: _("That stays as it is."),
    one_person.SeenOtherwise: _("So nothing was done. What would come of it now is shown below."),
    merging.WhoseWorkshop: _("Please choose what is kept."),
    merging.OnePersonTwice: _("Please choose two."),
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names; nothing for what is said elsewhere."""
    match refusal:
        case attendee_files.TooWideToPrint(columns, most):
            return {"columns": str(columns), "most": str(most)}
        case attendee_files.TooLongToPrint(most):
            return {"most": number(most)}
        case certificates.TooFewModules(share, least):
            return {
                "attended": number(share.attended),
                "held": number(share.held),
                "share": percent(share.percent),
                "least": percent(least),
            }
    return {}
