"""The confirmation that somebody is registered, on one page, as a travel request wants it."""

from collections.abc import Iterable
from datetime import datetime

from congress.domain.attendance import days_of
from congress.domain.congresses import Congress
from congress.domain.online import takes_part_online
from congress.domain.standing import Standing
from congress.domain.texts import in_language
from congress.formats import print_heading
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.meal_words import by_day
from congress.formats.printing import Printed

Row = tuple[str, list[str]]


def printed(
    congress: Congress, person: Standing, organisation: str, *, language: str, now: datetime
) -> Printed:
    """Return what holds now of somebody with a confirmed place."""
    _, dates = catalogue(language).gettext, Dates(language, congress.zone)
    heading = print_heading.heading(congress, language)
    is_over = congress.is_over(now)
    sentence = (
        _("This confirms that the person named below had a place at this event.")
        if is_over
        else _("This confirms that the person named below has a place at this event.")
    )
    return Printed(
        "confirmation.typ",
        title=print_heading.titled(_("Confirmation of registration"), heading["congress"]),
        language=language,
        created=now,
        data={
            "heading": heading,
            "title": _("Confirmation of registration"),
            "sentence": sentence,
            "rows": [
                {"label": label, "lines": lines}
                for label, lines in _rows(congress, person, organisation, language)
                if lines
            ],
            "issued": _(
                "Issued on {day}. This confirmation was generated automatically and is valid "
                "without a signature."
            ).format(day=dates.date(now)),
            "stand": _("Changes after this day are on the page of the event."),
        },
    )


def _rows(congress: Congress, person: Standing, organisation: str, language: str) -> Iterable[Row]:
    """Return each fact with its name; what is not known has no lines and is left out."""
    _, dates = catalogue(language).gettext, Dates(language, congress.zone)
    is_online = takes_part_online(congress, person.mode)
    yield _("Name"), [person.name]
    yield _("Organisation"), [organisation] if organisation else []
    yield _("Event"), [in_language(congress.title, language)]
    yield (
        _("Date and time"),
        [f"{dates.day(day.starts_at)}, {dates.range(day)}" for day in congress.days],
    )
    yield _("Place"), [_("online")] if is_online else _place(congress, language)
    yield (
        _("Booked"),
        [
            f"{print_heading.item_name(each.item, language)} ({dates.range(each.item.slot)})"
            for each in person.confirmed
            if not each.item.face.cancelled
        ],
    )
    yield _("Cost"), list(filter(None, [in_language(congress.cost, language)]))
    yield _("Free meals"), [] if is_online else _meals(congress, language)
    yield (
        _("Host"),
        list(
            filter(
                None, [print_heading.heading(congress, language)["hosts"], congress.contact_email]
            )
        ),
    )


def _place(congress: Congress, language: str) -> list[str]:
    venue = in_language(congress.venue, language)
    lines = [each.strip() for each in congress.address.splitlines()]
    return list(filter(None, [venue, *lines])) or list(filter(None, [congress.town]))


def _meals(congress: Congress, language: str) -> list[str]:
    return by_day(congress.paper.free_on(days_of(congress)), Dates(language, congress.zone))
