"""The words for every "no" about writing to people (`congress.web.refusals`)."""

from flask_babel import lazy_gettext as _

from congress.domain import assistance, change_requests, one_time_codes, reminders
from congress.domain.mails import circulars, mailings, templates
from congress.domain.network.mails import NotSentYet
from congress.domain.planning import (
    contributors,
    materials,
    partners,
    portraits,
    profiles,
    recommendations,
    speaker_sheets,
    workshop_reports,
)
from congress.services.mails import outboxing

HEADINGS = {
    assistance.AssistanceNotAsked: _("This event does not ask for assistance needs"),
    partners.NamesNotYours: _("An organiser of the whole event can do this"),
    circulars.NotForDrafts: _("This event is a draft"),
    circulars.NobodyToWriteTo: _("No one can be reached by email"),
    circulars.ReadersUnseen: _("The people or the text have changed in the meantime"),
    change_requests.StillOpen: _("You can do this yourself"),
    change_requests.NothingAsked: _("Nothing was asked for"),
    change_requests.RequestAnswered: _("This request has been answered or taken back"),
    change_requests.WaitsAlready: _("They are already waiting for this workshop"),
    change_requests.ReasonMissing: _("A reason is missing"),
    reminders.RemindersEditedMeanwhile: _(
        "Someone else saved the reminders after you opened the form"
    ),
    reminders.TooManyReminders: _("There are as many reminders as there can be"),
    templates.TemplateEditedMeanwhile: _("Someone else saved this email after you opened the form"),
    NotSentYet: _("This info mail is not in the archive"),
    mailings.WrongState: _("This has changed in the meantime"),
    mailings.MailingUnseen: _("The people or the text have changed in the meantime"),
    mailings.MailingEditedMeanwhile: _("Someone else saved this email after you opened the form"),
    mailings.TimeHasPassed: _("This time has passed"),
    mailings.CongressIsOff: _("This event is cancelled or a draft"),
    mailings.NobodyToReach: _("No one can be reached by email"),
    mailings.UnknownPlaceholders: _("Something in braces stands for nothing"),
    workshop_reports.ReportUnseen: _("This has changed in the meantime"),
    workshop_reports.NotCarriedAnyMore: _("This is no longer asked"),
    recommendations.RecommendationEditedMeanwhile: _(
        "Someone else saved the recommendation after you opened the form"
    ),
    recommendations.RecommendationGone: _("This has changed in the meantime"),
    recommendations.TooManyRecommendations: _("There are as many as there can be"),
    materials.MaterialGone: _("This has changed in the meantime"),
    materials.TooManyMaterials: _("There are as many as there can be"),
    speaker_sheets.SheetUnseen: _("This has changed in the meantime"),
    profiles.ProfileUnseen: _("The details have changed in the meantime"),
    contributors.NotAskedAnyMore: _("This is no longer asked"),
    contributors.NobodyToInvite: _("No one can be invited"),
    contributors.InvitedEnough: _("Very many invitations have been sent within an hour"),
    contributors.InvitationsUnseen: _("The people or the programme have changed in the meantime"),
}
WORDS = {
    assistance.AssistanceNotAsked: _(
        "So nothing was changed. If you need something, please write to the organisers."
    ),
    one_time_codes.TooManyCodes: _(
        "Five codes have been sent within an hour. Please look into your mailbox, or try again "
        "later."
    ),
    partners.NamesNotYours: _(
        "Nothing was changed or sent. Dialogue partners of a workshop see the names of those who "
        "take part. So only someone who may also see the registrations sets their email address "
        "and invites them: please ask an organiser of the whole event."
    ),
    materials.MaterialTooLarge: _("The file is too large: at most 5 MB, please."),
    materials.WrongKindOfMaterial: _(
        "This file is neither a PDF nor a photo as JPEG, PNG or WebP. Please save it as a PDF."
    ),
    materials.TooManyPixelsInMaterial: _(
        "This photo has more than 25 million pixels. Please make it smaller."
    ),
    materials.TooManyMaterials: _(
        "At most 40 documents, photos and links are shown of one workshop. Please delete one first."
    ),
    recommendations.RecommendationEditedMeanwhile: _(
        "So nothing was saved. If you save again, what the form says counts."
    ),
    recommendations.RecommendationGone: _("Someone else deleted it. So nothing was saved."),
    recommendations.TooManyRecommendations: _(
        "There can be 100 recommendations. Please delete one first."
    ),
    materials.MaterialGone: _("So nothing was changed. Please look at it again."),
    portraits.PhotoTooLarge: _("This file is larger than 8 MB. Please choose a smaller one."),
    portraits.NotAPhoto: _(
        "This file is neither JPEG nor PNG nor WebP. Please save the photo as one of these."
    ),
    portraits.TooManyPixels: _(
        "This photo has more pixels than can be read: 50 million as JPEG, 12 million as PNG or "
        "WebP. Please make it smaller, or save it as JPEG."
    ),
    portraits.PhotoTooSmall: _(
        "This photo is too small. Please choose one with at least 200 pixels on each side."
    ),
    portraits.PhotoTooNarrow: _(
        "This photo is too narrow. Please crop it so that no side is more than three times as long "
        "as the other."
    ),
    portraits.PhotoBroken: _("This photo cannot be read. Please save it again, or choose another."),
    circulars.NotForDrafts: _("People can be written to once it is published."),
    circulars.NobodyToWriteTo: _("So nothing was sent. Please choose other people in the list."),
    circulars.ReadersUnseen: _("So nothing was sent. Please look again at what goes to whom."),
    change_requests.StillOpen: _("Please go back to your registration: it is possible there."),
    change_requests.NothingAsked: _(
        "Please choose a workshop that you neither have nor are waiting for."
    ),
    change_requests.RequestAnswered: _("So nothing was changed or sent. This page is up to date."),
    change_requests.WaitsAlready: _(
        "So nothing was changed. On the page of their registration you can give them a place."
    ),
    change_requests.ReasonMissing: _("Please write why; the person reads it in the email."),
    reminders.RemindersEditedMeanwhile: _(
        "Nothing was saved yet, and what you entered is kept. Saving again replaces it."
    ),
    reminders.TooManyReminders: _(
        "Nothing was saved yet, and what you entered is kept. Please remove a reminder that has "
        "not gone out, or write an info mail."
    ),
    templates.TemplateEditedMeanwhile: _(
        "Nothing was saved yet, and what you entered is kept. Saving again replaces it."
    ),
    NotSentYet: _("Only what was sent to everybody can stand there."),
    mailings.WrongState: _("Nothing was changed. This page shows how things stand now."),
    mailings.MailingUnseen: _("So nothing was sent. Please look again at what goes to whom."),
    mailings.MailingEditedMeanwhile: _(
        "Nothing was saved yet. Compare with what is stored now; saving again replaces it."
    ),
    mailings.TimeHasPassed: _("Please choose a later one, or send the email now."),
    mailings.CongressIsOff: _("So nothing was sent."),
    mailings.NobodyToReach: _("So nothing was sent. Please change whom the email is for."),
    mailings.UnknownPlaceholders: _("So nothing was sent. Please correct the text first."),
    mailings.NoFile: _("Please choose a file."),
    mailings.WrongKindOfFile: _(
        "Attachments are PDF, PNG, JPEG or Office documents (docx, xlsx, pptx, odt, ods, odp). "
        "Please save the file as one of these."
    ),
    mailings.FileTooLarge: _(
        "An attachment may have 5 MB, and all together 8 MB. Please make it smaller, or put it on "
        "a page and write its address."
    ),
    mailings.TooManyFiles: _("There are five attachments already. Please remove one first."),
    workshop_reports.ReportUnseen: _("So nothing was saved. Please look at it again."),
    workshop_reports.NotCarriedAnyMore: _(
        "Nothing was changed. This page shows how things stand now."
    ),
    speaker_sheets.SheetUnseen: _("So nothing was saved. Please look at it again."),
    profiles.ProfileUnseen: _("So nothing was saved. Please look at them again."),
    contributors.NotAskedAnyMore: _("Nothing was changed. This page shows how things stand now."),
    contributors.NobodyToInvite: _(
        "So nothing was sent. An invitation needs an email address, and something to do in the "
        "programme."
    ),
    contributors.InvitedEnough: _(
        "So nothing was sent. Within an hour, five go to one address and 200 to all together. "
        "Please try again later, or choose fewer people."
    ),
    contributors.InvitationsUnseen: _(
        "So nothing was sent. Please look again at what goes to whom."
    ),
    outboxing.MailboxTakesNothing: _(
        "This mailbox takes no email, so nothing was sent again. Please correct the address, or "
        "say on the page of the person that emails are to be sent again."
    ),
}
