"""The words for every "no" about registering and about places."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import (
    confirming,
    groups,
    handing_over,
    openings,
    quotas,
    registration,
    together,
    workshops,
)
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    registration.RegistrationNotOpenYet: _("Registration has not opened yet"),
    registration.RegistrationClosed: _("Registration is closed"),
    registration.ChangesClosed: _("Changes are closed"),
    registration.WithdrawalsClosed: _("It is too late to cancel here"),
    registration.RegistrationCancelled: _("This registration has been cancelled"),
    registration.CongressNotTakingPart: _("Registration for this event is not possible at present"),
    registration.CongressCalledOff: _("The event is not taking place"),
    registration.CongressOver: _("The event is over"),
    registration.CongressFull: _("The event is fully booked"),
    registration.CongressHasBegun: _("The event has started"),
    registration.LastModuleHasBegun: _("The last module has started"),
    registration.WorkshopFull: _("“%(title)s” is fully booked"),
    registration.WorkshopCancelled: _("“%(title)s” is not taking place"),
    registration.GivenByWishes: _("Places in “%(title)s” are given by wishes"),
    registration.SafePlaceNotFree: _("“%(title)s” has no places left"),
    registration.PlaceTaken: _("You can no longer get your place in “%(title)s” back"),
    registration.NothingToTakeBack: _("There is nothing to undo"),
    registration.UnknownWorkshop: _("Something you chose is no longer available"),
    registration.RegisteredAlready: _(
        "Someone with this name is already registered with this address"
    ),
    registration.SameName: _("Someone with this name is already registered"),
    registration.NoMailbox: _("There is no email address"),
    registration.NoFreePlace: _("There is no free place"),
    registration.NoPlaceIn: _("“%(title)s” has no free place"),
    registration.NotWaiting: _("No one is waiting here any more"),
    registration.NotDecided: _("The request has not been decided yet"),
    registration.NotRequested: _("There is no request to decide any more"),
    confirming.NotConfirmedYet: _("The address has not been confirmed yet"),
    quotas.QuotaReached: _("The places for this organisation are taken"),
    registration.OfferOpen: _("A place is offered and not answered yet"),
    registration.SubstitutesOff: _("Registrations are not handed over here"),
    handing_over.NamesThemselves: _("This is your own name and address"),
    handing_over.RegisteredThemselves: _("You are registered for this event already"),
    handing_over.HandOverLinkOver: _("This link has expired"),
    groups.GroupTooLarge: _("Too many people for one group"),
    groups.RefusedForOne: _("%(what)s"),
    groups.GroupLinkOver: _("This link has expired"),
    together.GroupDoesNotFit: _("There are not enough places for everyone in the group"),
    workshops.WorkshopsClash: _("Two of the chosen items overlap"),
    openings.OpeningNotAwaited: _("There is nothing to wait for any more"),
    workshops.WorkshopTwice: _("Two of the chosen items are the same"),
    workshops.OnlyOneOf: _("Only one of the two can be chosen"),
    workshops.OnlyWith: _("“%(first)s” goes only with “%(second)s”"),
    workshops.NeededFor: _("“%(second)s” is needed for “%(first)s”"),
}
WORDS: dict[type[Refused], LazyString] = {
    groups.GroupTooLarge: _(
        "A group can have at most %(people)s people here. Please register the others on their own."
    ),
    groups.RefusedForOne: _("%(name)s: %(why)s"),
    groups.GroupLinkOver: _("Everyone registered can still use the link in their own emails."),
    together.GroupDoesNotFit: _(
        "%(people)s places are needed at the same time. If some can come without the others, "
        "please untick that you come only together."
    ),
    registration.OfferOpen: _(
        "It has to be accepted or declined first. After that the registration can be handed over."
    ),
    registration.SubstitutesOff: _(
        "For this event, the organisers see to it themselves when someone else is to come "
        "instead. Please contact them."
    ),
    handing_over.NamesThemselves: _("Please name the person who is to come instead of you."),
    handing_over.RegisteredThemselves: _(
        "So nothing was handed over. To come with these places instead, please cancel your own "
        "registration first, using the link in your emails, and send this form again."
    ),
    handing_over.HandOverLinkOver: _(
        "It was taken back, or its time is over. Please ask the person who named you, or the "
        "organisers."
    ),
    registration.RegistrationNotOpenYet: _("It opens on %(moment)s; please come back then."),
    registration.RegistrationClosed: _(
        "It was open %(deadline)s. If you still want to take part, please contact the organisers."
    ),
    registration.ChangesClosed: _(
        "Changes were possible %(deadline)s. If you still need one, please contact the organisers."
    ),
    registration.WithdrawalsClosed: _(
        "Places could be given up here %(deadline)s. If you cannot come, please tell the "
        "organisers."
    ),
    registration.RegistrationCancelled: _(
        "It can therefore not be changed. You can register again while registration is open."
    ),
    registration.CongressNotTakingPart: _(
        "It has been cancelled, is over, or is not published. Please ask the organisers."
    ),
    registration.CongressCalledOff: _(
        "It was cancelled, so nobody can register. Please look at other events."
    ),
    registration.CongressOver: _(
        "It has taken place, so nobody can register any more. Please look at other events."
    ),
    registration.CongressFull: _(
        "All places are taken and the waiting list is closed. It is worth "
        "checking back later, as places do become available."
    ),
    registration.CongressHasBegun: _(
        "It started on %(moment)s, so nothing can be changed here now. Please "
        "speak to the organisers at the venue."
    ),
    registration.LastModuleHasBegun: _(
        "It started on %(moment)s, so nobody can come instead any more. Please speak to the "
        "organisers."
    ),
    registration.WorkshopFull: _(
        "All places are taken, and the waiting list is closed as well. Please "
        "choose something else."
    ),
    registration.WorkshopCancelled: _("It has been cancelled. Please choose something else."),
    registration.GivenByWishes: _(
        "No one takes a place or waits there until the places have been assigned. Please rank the "
        "workshops until the deadline for wishes; after the assignment you can choose what is "
        "still free."
    ),
    registration.SafePlaceNotFree: _(
        "So we cannot hold one for you while you wait. Please choose something "
        "else for the meantime."
    ),
    registration.PlaceTaken: _(
        "Someone else has it now, or is waiting for it. While registration is "
        "open, you can choose again below."
    ),
    registration.NothingToTakeBack: _(
        "Your places have changed since then. What you have now is shown below."
    ),
    registration.UnknownWorkshop: _("Please choose again."),
    registration.RegisteredAlready: _(
        "So no one was registered. Please look at that registration."
    ),
    registration.SameName: _(
        "Please check whether it is the same person. If not, tick “This is someone else” and "
        "send the form again."
    ),
    registration.NoMailbox: _("Enter one under “Correct details”; the confirmation is then sent."),
    registration.NoFreePlace: _("All places are taken."),
    registration.NoPlaceIn: _(
        "All places are taken or promised to the waiting list. Please choose what should happen."
    ),
    registration.NotDecided: _(
        "Until the organisers have decided whether this person takes part, nothing else can be "
        "changed."
    ),
    registration.NotRequested: _("It has been answered or taken back in the meantime."),
    confirming.NotConfirmedYet: _(
        "So it is not certain that the request is meant. You can confirm it by hand on the "
        "person’s page."
    ),
    registration.NotWaiting: _("The place has been taken or given up in the meantime."),
    quotas.SameOrganisation: _("Please choose another organisation: this is the same one."),
    quotas.OnlySpelling: _(
        "It is the only spelling that counts here, so there is nothing to part. Please open the "
        "page again."
    ),
    quotas.DomainTaken: _(
        "Addresses at %(domain)s count as another organisation. Please remove the domain there "
        "first."
    ),
    quotas.DomainOfAll: _(
        "Anyone can have an address there, so it says nothing of an organisation. Please enter a "
        "domain of its own, for example rheine.de."
    ),
    quotas.QuotaReached: _(
        "As many people of it have a place as can come from one organisation: %(places)s. Whoever "
        "else wants to come waits until one of them cancels."
    ),
    workshops.OnlyOneOf: _(
        "“%(first)s” and “%(second)s” are among those of which each person can have one. Please "
        "choose one of them."
    ),
    workshops.OnlyWith: _(
        "Only those with a place in “%(second)s” can have one in “%(first)s”. Please choose both, "
        "or leave “%(first)s” out."
    ),
    workshops.NeededFor: _(
        "“%(first)s” goes only with “%(second)s”. Please give up “%(first)s” first, or keep both."
    ),
    workshops.WorkshopTwice: _(
        "“%(first)s” (%(first_time)s) and “%(second)s” (%(second_time)s) are the same, offered "
        "twice. Please choose one of the two."
    ),
    workshops.WorkshopsClash: _(
        "“%(first)s” runs %(first_time)s and “%(second)s” %(second_time)s. Please choose one of "
        "the two."
    ),
    openings.OpeningNotAwaited: _(
        "Registration is open by now, or something else is in the way. The event page says which."
    ),
}
