"""The words for every "no": what happened, why, and what one can do."""

from datetime import UTC
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress import extensions
from congress.domain import correction, registration, workshops
from congress.domain.congress_file import problems
from congress.domain.errors import Refused
from congress.domain.logins import accounts
from congress.domain.planning import next_edition, release, scheduling
from congress.domain.times import local_time
from congress.services.mails import outboxing
from congress.services.planning import adopting, copying
from congress.web import languages

# What happened, where a page says it as a heading; why and what one can do stands in WORDS.
HEADINGS: dict[type[Refused], LazyString] = {
    registration.RegistrationNotOpenYet: _("Registration has not opened yet"),
    registration.RegistrationClosed: _("Registration is closed"),
    registration.RegistrationCancelled: _("This registration has been withdrawn"),
    registration.CongressNotTakingPart: _("One cannot register for this congress at present"),
    registration.CongressFull: _("The congress is fully booked"),
    registration.CongressHasBegun: _("The congress has begun"),
    registration.WorkshopFull: _("“%(title)s” is fully booked"),
    registration.WorkshopCancelled: _("“%(title)s” does not take place"),
    registration.SafePlaceNotFree: _("“%(title)s” has no free place any more"),
    registration.PlaceTaken: _("Your place in “%(title)s” cannot be taken back any more"),
    registration.NothingToTakeBack: _("There is nothing to take back"),
    registration.UnknownWorkshop: _("One of the chosen workshops is not on offer any more"),
    registration.NoFreePlace: _("There is no free place to give"),
    registration.NotWaiting: _("Nobody waits here any more"),
    workshops.WorkshopsClash: _("Two of the chosen workshops overlap"),
    correction.TooManyCorrections: _("You have made many changes within an hour"),
    correction.SamePerson: _("Somebody of this name is registered with this address already"),
    correction.AddressLinkOver: _("This link is over"),
}
WORDS: dict[type[Refused], LazyString] = {
    correction.TooManyCorrections: _(
        "Each change sends a mail, so there are at most five in an hour. Please try again later, "
        "or write to the organisers."
    ),
    correction.SamePerson: _("So nothing was changed. Please look at that registration."),
    correction.AddressLinkOver: _(
        "Correct the address once more on the page of your registration."
    ),
    registration.RegistrationNotOpenYet: _("It opens on %(moment)s; please come back then."),
    registration.RegistrationClosed: _(
        "It was open %(deadline)s. If you still want to take part or change something, please "
        "write to the organisers."
    ),
    registration.RegistrationCancelled: _(
        "So it cannot be changed. While registration is open you can register again."
    ),
    registration.CongressNotTakingPart: _(
        "It has been called off, is over, or is not published. Please ask the organisers."
    ),
    registration.CongressFull: _(
        "All places are taken and the waiting list is closed. Now and then places become "
        "free: it is worth looking again later."
    ),
    registration.CongressHasBegun: _(
        "It began on %(moment)s; nothing can be changed here any more. Please speak to the "
        "organisers on site."
    ),
    registration.WorkshopFull: _(
        "All places are taken and the waiting list is closed too. Please choose another workshop."
    ),
    registration.WorkshopCancelled: _("It has been called off. Please choose another workshop."),
    registration.SafePlaceNotFree: _(
        "So we cannot keep one for you while you wait. Please choose another workshop for the "
        "meantime."
    ),
    registration.PlaceTaken: _(
        "Somebody else has it by now, or is waiting for it. While registration is open you can "
        "choose a workshop again below."
    ),
    registration.NothingToTakeBack: _(
        "Your places have changed in another way since. You see below what you have now."
    ),
    registration.UnknownWorkshop: _("Please choose again."),
    registration.NoFreePlace: _("All of them are taken."),
    registration.NotWaiting: _("The place was gained or given up in the meantime."),
    workshops.WorkshopsClash: _(
        "“%(first)s” runs %(first_time)s and “%(second)s” %(second_time)s. Please choose one of "
        "the two."
    ),
    local_time.NoSuchTime: _(
        "On %(day)s there is no %(time)s: the clocks are put forward then. Please give another "
        "time."
    ),
    scheduling.OutsideCongress: _(
        "The item lies outside the congress: %(days)s. Please give a time within it."
    ),
    scheduling.EndsBeforeStart: _("The item has to end later than it begins."),
    scheduling.TitleMissing: _("Please enter a title in German."),
    scheduling.EditedMeanwhile: _(
        "Somebody else saved this item after you opened the form, so nothing was saved now. "
        "Open it in a second window, compare, and enter your changes there."
    ),
    release.StateUnreachable: _(
        "The state of the congress has changed meanwhile. Please look at it again."
    ),
    release.SomebodyRegistered: _(
        "Somebody has registered already, so the congress cannot become a draft or be deleted. "
        "You can call it off; everybody is told then."
    ),
    next_edition.NotWholeWeeks: _(
        "The next edition keeps the day of the week. Please choose %(earlier)s or %(later)s."
    ),
    adopting.BookedItemNeedsPlaces: _(
        "People have booked this workshop, so it cannot become an item without places."
    ),
    copying.UnknownCongress: _("There is no congress of this name."),
    copying.SlugTaken: _("Another congress has this name already. Please choose a different one."),
    copying.SlugNotUsable: _(
        "This name cannot stand in an address. Please use 3 to 60 small letters, digits and "
        "hyphens."
    ),
    problems.FileRefused: _(
        "The file cannot be imported. What is wrong is listed with line and key."
    ),
    outboxing.NothingToSendAgain: _(
        "This mail is on its way already, or its contents were deleted after their time."
    ),
    accounts.PasswordTooShort: _(
        "This password is too short. Please choose a longer one; several words are fine."
    ),
    accounts.PasswordTooLong: _("This password is too long. Please choose a shorter one."),
    accounts.PasswordTooFrequent: _(
        "This password is used so often that it is easily guessed. Choose another one."
    ),
    accounts.LinkExpired: _("This link is no longer valid. Please ask for a new one."),
}


def text(refusal: Refused, zone: ZoneInfo | None = None) -> str:
    """Return a refusal in the language of the page, with times in a congress's time zone."""
    what, advice = heading(refusal, zone), reason(refusal, zone)
    return f"{what}. {advice}" if what else advice


def heading(refusal: Refused, zone: ZoneInfo | None = None) -> str:
    """Return what happened, for the head of a page or a box; nothing where that has none."""
    return _filled(HEADINGS.get(type(refusal), ""), refusal, zone)


def reason(refusal: Refused, zone: ZoneInfo | None = None) -> str:
    """Return what stands below the heading: why, and what one can do."""
    return _filled(WORDS[type(refusal)], refusal, zone)


def _filled(words: LazyString | str, refusal: Refused, zone: ZoneInfo | None) -> str:
    return str(words) % _facts(refusal, zone or ZoneInfo(extensions.settings().timezone))


def _facts(refusal: Refused, zone: ZoneInfo) -> dict[str, str]:
    """Return what a sentence names."""
    facts, dates = {}, languages.dates(zone)
    match refusal:
        case registration.AboutWorkshop(title):
            facts = {"title": languages.text(title)}
        case registration.RegistrationNotOpenYet(moment) | registration.CongressHasBegun(moment):
            facts = {"moment": dates.moment(moment)}
        case registration.RegistrationClosed(closes_at):
            facts = {"deadline": dates.deadline(closes_at)}
        case workshops.WorkshopsClash(first, second):
            facts = {
                "first": languages.text(first.title),
                "first_time": dates.range(first.slot),
                "second": languages.text(second.title),
                "second_time": dates.range(second.slot),
            }
        case local_time.NoSuchTime(local):
            there, moment = languages.dates(UTC), local.replace(tzinfo=UTC)
            facts = {"day": there.date(moment), "time": there.bare_time(moment)}
        case scheduling.OutsideCongress(days):
            said = (f"{dates.date(each.starts_at)}, {dates.range(each)}" for each in days)
            facts = {"days": ", ".join(said)}
        case next_edition.NotWholeWeeks(earlier, later):
            facts = {"earlier": dates.day(earlier), "later": dates.day(later)}
    return facts
