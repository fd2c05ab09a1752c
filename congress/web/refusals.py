"""The words for every "no": what happened, why, and what one can do."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from congress import extensions
from congress.domain.congress_file.problems import FileRefused
from congress.domain.errors import Refused
from congress.domain.logins.accounts import (
    LinkExpired,
    PasswordTooFrequent,
    PasswordTooLong,
    PasswordTooShort,
)
from congress.domain.planning.next_edition import NotWholeWeeks
from congress.domain.planning.release import StateUnreachable
from congress.domain.planning.scheduling import (
    EditedMeanwhile,
    EndsBeforeStart,
    OutsideCongress,
    TitleMissing,
)
from congress.domain.registration import (
    CongressFull,
    CongressHasBegun,
    CongressNotTakingPart,
    NoFreePlace,
    NotWaiting,
    RegistrationCancelled,
    RegistrationClosed,
    RegistrationNotOpenYet,
    SafePlaceNotFree,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.times.local_time import NoSuchTime
from congress.domain.workshops import WorkshopsClash
from congress.services.mails.outboxing import NothingToSendAgain
from congress.services.planning.adopting import BookedItemNeedsPlaces
from congress.services.planning.copying import SlugNotUsable, SlugTaken, UnknownCongress
from congress.web import languages
from congress.web.languages import gettext as _

Words = Callable[[Any, ZoneInfo], str]


def text(refusal: Refused, zone: ZoneInfo | None = None) -> str:
    """Return a refusal in the language of the page, with times in a congress's time zone."""
    words = WORDS[type(refusal)]
    return words(refusal, zone or ZoneInfo(extensions.settings().timezone))


def _not_open_yet(refusal: RegistrationNotOpenYet, zone: ZoneInfo) -> str:
    moment = languages.dates(zone).moment(refusal.opens_at)
    return _(
        "Registration has not opened yet. It opens on %(moment)s; please come back then.",
        moment=moment,
    )


def _closed(refusal: RegistrationClosed, zone: ZoneInfo) -> str:
    deadline = languages.dates(zone).deadline(refusal.closes_at)
    return _(
        "Registration is closed; it was possible %(deadline)s. If you still want to take part or "
        "change something, please write to the organisers.",
        deadline=deadline,
    )


def _workshop_full(refusal: WorkshopFull, _zone: ZoneInfo) -> str:
    return _(
        "“%(title)s” is fully booked and its waiting list is closed. Please choose another "
        "workshop.",
        title=languages.text(refusal.title),
    )


def _workshop_cancelled(refusal: WorkshopCancelled, _zone: ZoneInfo) -> str:
    return _(
        "“%(title)s” does not take place. Please choose another workshop.",
        title=languages.text(refusal.title),
    )


def _safe_place_not_free(refusal: SafePlaceNotFree, _zone: ZoneInfo) -> str:
    return _(
        "“%(title)s” has no free place any more, so we cannot keep one for you while you wait. "
        "Please choose another workshop for the meantime.",
        title=languages.text(refusal.title),
    )


def _clash(refusal: WorkshopsClash, zone: ZoneInfo) -> str:
    first, second = refusal.first, refusal.second
    return _(
        "“%(first)s” (%(first_time)s) and “%(second)s” (%(second_time)s) overlap. Please choose "
        "one of the two.",
        first=languages.text(first.title),
        first_time=languages.dates(zone).range(first.slot),
        second=languages.text(second.title),
        second_time=languages.dates(zone).range(second.slot),
    )


def _begun(refusal: CongressHasBegun, zone: ZoneInfo) -> str:
    return _(
        "The congress has begun on %(moment)s; nothing can be changed here any more. Please "
        "speak to the organisers on site.",
        moment=languages.dates(zone).moment(refusal.starts_at),
    )


def _no_such_time(refusal: NoSuchTime, _zone: ZoneInfo) -> str:
    local = refusal.local
    return _(
        "On %(day)s there is no %(time)s: the clocks are put forward then. Please give another "
        "time.",
        day=languages.dates(ZoneInfo("UTC")).date(local),
        time=f"{local:%H:%M}",
    )


def _outside(refusal: OutsideCongress, zone: ZoneInfo) -> str:
    return _(
        "The item lies outside the congress: %(days)s. Please give a time within it.",
        days=", ".join(
            f"{languages.dates(zone).date(day.starts_at)}, {languages.dates(zone).range(day)}"
            for day in refusal.days
        ),
    )


def _not_whole_weeks(refusal: NotWholeWeeks, zone: ZoneInfo) -> str:
    return _(
        "The next edition keeps the day of the week. Please choose %(earlier)s or %(later)s.",
        earlier=languages.dates(zone).day(refusal.earlier),
        later=languages.dates(zone).day(refusal.later),
    )


def _always(words: Callable[[], str]) -> Words:
    return lambda _refusal, _zone: words()


WORDS: dict[type[Refused], Words] = {
    OutsideCongress: _outside,
    EndsBeforeStart: _always(lambda: _("The item has to end later than it begins.")),
    TitleMissing: _always(lambda: _("Please enter a title in German.")),
    EditedMeanwhile: _always(
        lambda: _(
            "Somebody else saved this item after you opened the form, so nothing was saved now. "
            "Open it in a second window, compare, and enter your changes there."
        )
    ),
    StateUnreachable: _always(
        lambda: _("The state of the congress has changed meanwhile. Please look at it again.")
    ),
    NothingToSendAgain: _always(
        lambda: _("This mail is on its way already, or its contents were deleted after their time.")
    ),
    RegistrationNotOpenYet: _not_open_yet,
    RegistrationClosed: _closed,
    WorkshopFull: _workshop_full,
    WorkshopCancelled: _workshop_cancelled,
    SafePlaceNotFree: _safe_place_not_free,
    WorkshopsClash: _clash,
    CongressHasBegun: _begun,
    NoSuchTime: _no_such_time,
    NotWholeWeeks: _not_whole_weeks,
    CongressNotTakingPart: _always(
        lambda: _("There is no registration for this congress at present: it does not take place.")
    ),
    CongressFull: _always(
        lambda: _(
            "All places are taken and the waiting list is closed. Now and then places become "
            "free: it is worth looking again later."
        )
    ),
    RegistrationCancelled: _always(
        lambda: _(
            "This registration has been withdrawn, so it cannot be changed. While registration "
            "is open you can register again."
        )
    ),
    NoFreePlace: _always(lambda: _("There is no free place to give: all of them are taken.")),
    NotWaiting: _always(
        lambda: _("Nobody waits here any more: the place was gained or given up in the meantime.")
    ),
    UnknownWorkshop: _always(
        lambda: _("One of the chosen workshops is not on offer. Please choose again.")
    ),
    PasswordTooShort: _always(
        lambda: _("This password is too short. Please choose a longer one; several words are fine.")
    ),
    PasswordTooLong: _always(lambda: _("This password is too long. Please choose a shorter one.")),
    PasswordTooFrequent: _always(
        lambda: _("This password is used so often that it is easily guessed. Choose another one.")
    ),
    LinkExpired: _always(lambda: _("This link is no longer valid. Please ask for a new one.")),
    BookedItemNeedsPlaces: _always(
        lambda: _("People have booked this workshop, so it cannot become an item without places.")
    ),
    UnknownCongress: _always(lambda: _("There is no congress of this name.")),
    SlugTaken: _always(
        lambda: _("Another congress has this name already. Please choose a different one.")
    ),
    SlugNotUsable: _always(
        lambda: _(
            "This name cannot stand in an address. Please use 3 to 60 small letters, digits and "
            "hyphens."
        )
    ),
    FileRefused: _always(
        lambda: _("The file cannot be imported. What is wrong is listed with line and key.")
    ),
}
