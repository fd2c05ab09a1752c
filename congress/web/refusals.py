"""The words for every "no": what happened, why, and what one can do."""

from collections.abc import Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress import extensions
from congress.domain import (
    confirming,
    correction,
    groups,
    quotas,
    registration,
    together,
    workshops,
)
from congress.domain.congress_file import problems
from congress.domain.errors import Refused
from congress.domain.logins import accounts, second_factors, team
from congress.domain.mails import truth
from congress.domain.planning import days, next_edition, particulars, release, rooms, scheduling
from congress.domain.programme import NamedItem
from congress.domain.times import local_time
from congress.formats.dates import Dates
from congress.services.mails import outboxing
from congress.services.planning import adopting, copying
from congress.web import (
    languages,
    refusals_of_assignment,
    refusals_of_courses,
    refusals_of_feedback,
    refusals_of_invitations,
    refusals_of_land,
    refusals_of_letters,
    refusals_of_lists,
    refusals_of_market,
    refusals_of_membership,
    refusals_of_modes,
    refusals_of_network,
    refusals_of_offers,
    refusals_of_paper,
    refusals_of_places,
    refusals_of_projects,
    refusals_of_register,
    refusals_of_runs,
    refusals_of_settings,
    refusals_of_texts,
    refusals_of_topics,
    refusals_of_wishes,
)

MOST_NAMED = 6
Errors = Sequence[tuple[str | None, str]]  # the id of the entry to go to, and a sentence
# What happened, where a page says it as a heading; why and what one can do stands in WORDS.
HEADINGS: dict[type[Refused], LazyString] = {
    correction.TooManyCorrections: _("You have made many changes within an hour"),
    correction.MailboxAskedEnough: _("No more emails can be sent to this address for now"),
    correction.EditedMeanwhile: _("These details were changed after you opened the form"),
    correction.SamePerson: _("Someone with this name is already registered with this address"),
    correction.NotSavedHere: _("These details cannot be saved here"),
    correction.RegisteredThere: _("Someone with this name is already registered with this address"),
    correction.AddressLinkOver: _("This link has expired"),
    scheduling.EditedMeanwhile: _("Someone else saved this item after you opened the form"),
    rooms.RoomsEditedMeanwhile: _("Someone else saved the rooms after you opened the form"),
    rooms.RoomInUse: _("“%(room)s” is in use"),
    days.DaysEditedMeanwhile: _("Someone else saved the days after you opened the form"),
    days.DaysUnseen: _("The event has changed in the meantime"),
    days.DayInUse: _("%(day)s is in use"),
    days.ItemsOutside: _("Some items would be outside the event’s hours"),
    scheduling.ItemGone: _("Someone else removed this item after you opened the form"),
    scheduling.DraftsUnseen: _("The programme was edited in the meantime"),
    scheduling.ChangedSince: _("This can no longer be undone"),
    **refusals_of_assignment.HEADINGS,
    **refusals_of_feedback.HEADINGS,
    **refusals_of_letters.HEADINGS,
    **refusals_of_invitations.HEADINGS,
    **refusals_of_lists.HEADINGS,
    **refusals_of_market.HEADINGS,
    **refusals_of_register.HEADINGS,
    **refusals_of_modes.HEADINGS,
    **refusals_of_network.HEADINGS,
    **refusals_of_offers.HEADINGS,
    **refusals_of_paper.HEADINGS,
    **refusals_of_settings.HEADINGS,
    **refusals_of_places.HEADINGS,
    **refusals_of_projects.HEADINGS,
    **refusals_of_land.HEADINGS,
    **refusals_of_texts.HEADINGS,
    **refusals_of_topics.HEADINGS,
    **refusals_of_wishes.HEADINGS,
}
WORDS: dict[type[Refused], LazyString] = {
    correction.TooManyCorrections: _(
        "Every change sends an email, so you can make at most five an hour. "
        "Please try again later or contact the organisers."
    ),
    correction.MailboxAskedEnough: _(
        "It has been entered many times within an hour. So nothing has been saved, and the links "
        "in earlier emails still work. Please try again in an hour or contact the organisers."
    ),
    correction.SamePerson: _("So nothing was changed. Please look at that registration."),
    correction.EditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    correction.NotSavedHere: _("Please check your email or contact the organisers."),
    correction.RegisteredThere: _(
        "So nothing was changed. The emails we have sent to this address contain the link to "
        "that registration: if you need only one of the two, cancel the other. If it is not "
        "yours, please contact the organisers."
    ),
    correction.AddressLinkOver: _(
        "Otherwise its two days are over, or the address was changed again or taken back. "
        "While registration is open, you can correct it on your registration page; after that, "
        "please contact the organisers."
    ),
    local_time.NoSuchTime: _(
        "On %(day)s, %(time)s does not exist: the clocks go forward then. Please "
        "enter another time."
    ),
    scheduling.OutsideCongress: _(
        "The item is outside the event’s hours: %(days)s. Please enter a time within them."
    ),
    rooms.RoomsEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    days.DaysEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    days.DaysUnseen: _("So nothing has been saved yet. This is what applies now."),
    days.DayInUse: _(
        "So nothing has been saved yet. Planned then: %(items)s. Please move these items to "
        "another day first."
    ),
    days.ItemsOutside: _(
        "So nothing has been saved yet. This concerns: %(items)s. Please change their times "
        "first, or let the day last longer."
    ),
    rooms.RoomInUse: _(
        "So nothing has been saved yet. Planned there: %(items)s. Please give these items another "
        "room first."
    ),
    scheduling.ItemGone: _("If it is still wanted, save it below as a new item."),
    scheduling.DraftsUnseen: _("So nothing was taken back. Please look at the list again."),
    scheduling.ChangedSince: _(
        "The item has been changed or published since, or it was more than a day ago. Please "
        "open the item and change it there."
    ),
    scheduling.EndsBeforeStart: _("The item must end after it starts."),
    scheduling.TitleMissing: _("Please enter a title in German."),
    scheduling.EditedMeanwhile: _(
        "So your changes were not saved. Open the item in a second window, "
        "compare, and enter your changes there."
    ),
    release.StateUnreachable: _(
        "The event’s status has changed in the meantime. Please check it again."
    ),
    release.StateUnseen: _(
        "The event has changed since this page was opened, so nothing has been done and no one "
        "has been notified. Please read it again."
    ),
    release.ChangesUnseen: _(
        "The programme was edited in the meantime, so nothing has been published yet. Please look "
        "at the changes again."
    ),
    release.NotBegunYet: _(
        "The event starts on %(moment)s. Until then it cannot be marked as finished, as its pages "
        "would say that it has taken place."
    ),
    release.SomebodyRegistered: _(
        "Someone has already registered, so the event cannot be returned to "
        "draft or deleted. You can cancel it; everyone is then notified."
    ),
    next_edition.NotWholeWeeks: _(
        "The next edition keeps the day of the week. Please choose %(earlier)s or %(later)s."
    ),
    next_edition.StartsInThePast: _(
        "This day is in the past. The same time of the year would be %(proposed)s."
    ),
    adopting.BookedItemNeedsPlaces: _(
        "People have booked this item, so it cannot become one without places."
    ),
    copying.UnknownCongress: _("There is no event with this name."),
    copying.SlugTaken: _("Another event already has this name. Please choose a different one."),
    copying.SlugNotUsable: _(
        "This name cannot be used in an address. Please use 3 to 60 lower-case "
        "letters, digits and hyphens."
    ),
    problems.FileRefused: _(
        "The file cannot be imported. What is wrong is listed with line and key."
    ),
    **refusals_of_letters.WORDS,
    confirming.ConfirmationOver: _("The registration has ended and cannot be confirmed any more."),
    outboxing.NothingToSendAgain: _(
        "This email is already on its way, or its contents were deleted after the retention period."
    ),
    truth.MailOutdated: _("What this email says is no longer so, so it was not sent again."),
    accounts.PasswordTooShort: _(
        "This password is too short. Please choose a longer one; several words are fine."
    ),
    accounts.PasswordTooLong: _("This password is too long. Please choose a shorter one."),
    accounts.PasswordTooFrequent: _(
        "This password is so common that it is easy to guess. Please choose another one."
    ),
    team.AlreadyInTeam: _(
        "This person is in the team already. You can change their role in the list."
    ),
    team.MayEverythingAlready: _(
        "This person is in the team already and may do everything in all events."
    ),
    team.LastOrganiser: _(
        "Nobody else may do everything in this event. Please give someone else the role "
        "“Whole event” first; it counts once they have chosen a password."
    ),
    accounts.WrongPassword: _("That is not your current password."),
    second_factors.WrongCode: _("Not the right code. Please enter the one the app shows now."),
    second_factors.StepDemanded: _("The last second step stays: this system asks for one."),
    accounts.LinkExpired: _("This link is no longer valid. Please ask for a new one."),
    **refusals_of_feedback.WORDS,
    **refusals_of_invitations.WORDS,
    **refusals_of_lists.WORDS,
    **refusals_of_market.WORDS,
    **refusals_of_register.WORDS,
    **refusals_of_courses.WORDS,
    **refusals_of_membership.WORDS,
    **refusals_of_modes.WORDS,
    **refusals_of_network.WORDS,
    **refusals_of_offers.WORDS,
    **refusals_of_paper.WORDS,
    **refusals_of_runs.WORDS,
    **refusals_of_settings.WORDS,
    **refusals_of_places.WORDS,
    **refusals_of_projects.WORDS,
    **refusals_of_land.WORDS,
    **refusals_of_texts.WORDS,
    **refusals_of_assignment.WORDS,
    **refusals_of_topics.WORDS,
    **refusals_of_wishes.WORDS,
}


def text(refusal: Refused, zone: ZoneInfo | None = None) -> str:
    """Return a refusal in the language of the page, with times in a congress's time zone."""
    what, advice = heading(refusal, zone), reason(refusal, zone)
    return f"{what}. {advice}" if what else advice


def box(wrong: Errors | Refused, zone: ZoneInfo) -> dict[str, object]:
    """Return what the box of errors says: of entries each, of a refusal what it is."""
    if not isinstance(wrong, Refused):
        return {"errors": wrong, "refused": ""}
    return {"errors": [(None, reason(wrong, zone))], "refused": heading(wrong, zone)}


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
        case (
            registration.RegistrationNotOpenYet(moment)
            | registration.CongressHasBegun(moment)
            | registration.LastModuleHasBegun(moment)
            | registration.OfferExpired(moment)
            | release.NotBegunYet(moment)
        ):
            facts = {"moment": dates.moment(moment)}
        case quotas.DomainTaken(domain):
            facts = {"domain": domain}
        case groups.RefusedForOne(name, why):
            facts = {"name": name, "what": heading(why, zone), "why": reason(why, zone)}
        case (
            quotas.QuotaReached(number)
            | groups.GroupTooLarge(number)
            | together.GroupDoesNotFit(number)
        ):
            facts = {"places": str(number), "people": str(number)}
        case registration.Closed(closes_at) | days.DeadlineLeftBehind(closes_at):
            facts = {"deadline": dates.deadline(closes_at)}
        case workshops.WorkshopsClash(first, second) | workshops.OnlyWith(first, second):
            facts = {
                "first": languages.text(first.title),
                "first_time": dates.range(first.slot),
                "second": languages.text(second.title),
                "second_time": dates.range(second.slot),
            }
        case local_time.NoSuchTime(local):
            there, moment = languages.dates(UTC), local.replace(tzinfo=UTC)
            facts = {"day": there.date(moment), "time": there.bare_time(moment)}
        case _:
            facts = _facts_of_planning(refusal, dates)
    return facts


def _facts_of_planning(refusal: Refused, dates: Dates) -> dict[str, str]:
    facts = {}
    match refusal:
        case particulars.DeadlineAfterEnd(ends_at):
            facts = {"moment": dates.moment(ends_at)}
        case scheduling.OutsideCongress(slots):
            said = (f"{dates.date(each.starts_at)}, {dates.range(each)}" for each in slots)
            facts = {"days": ", ".join(said)}
        case rooms.RoomInUse(name, items):
            facts = {"room": languages.text(name), "items": _named(items)}
        case days.DayInUse(day, items):
            facts = {"day": dates.day(day), "items": _named(items)}
        case days.ItemsOutside(items):
            facts = {"items": _named(items)}
        case next_edition.NotWholeWeeks(earlier, later):
            facts = {"earlier": dates.day(earlier), "later": dates.day(later)}
        case next_edition.StartsInThePast(proposed):
            facts = {"proposed": dates.day(proposed)}
        case _:
            facts = (
                refusals_of_courses.facts(refusal)
                or refusals_of_modes.facts(refusal)
                or refusals_of_network.facts(refusal, dates)
                or refusals_of_settings.facts(refusal)
                or refusals_of_paper.facts(refusal)
                or refusals_of_lists.facts(refusal)
                or refusals_of_register.facts(refusal)
            )
    return facts


def _named(items: Sequence[NamedItem]) -> str:
    names = [languages.short_name(item.number, item) for item in items[:MOST_NAMED]]
    return ", ".join(names) + (" …" if len(items) > MOST_NAMED else "")
