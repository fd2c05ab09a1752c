"""The catalogue of further training: to search, to read, and to subscribe to."""

from flask import Response, render_template, request

from congress import clock, extensions, links
from congress.domain.calendars import public_calendar
from congress.domain.trainings import (
    LONGEST_SOUGHT,
    Wanted,
    carriers,
    carriers_of,
    found,
    in_turn,
    is_online,
    towns_of,
)
from congress.domain.trainings import trainings as of_kind
from congress.formats import ics
from congress.formats.catalogue import catalogue
from congress.queries import congresses, course_applications
from congress.services.public_calendars import in_words
from congress.web import page_cache, responses
from congress.web.entries import TICKED
from congress.web.languages import LANGUAGES
from congress.web.page_cache import Finished
from congress.web.registration import reasons
from congress.web.registration.occasion import Door, door, occasion

PAGE, FILENAME = "/network/trainings", "trainings.ics"
CALENDAR = "text/calendar; charset=utf-8"


def trainings() -> str:
    """Show the trainings that fit the words and choices of the address."""
    there, now = of_kind(congresses.public_congresses()), clock.now()
    known, towns = carriers_of(there), towns_of(there)
    wanted = Wanted(
        request.args.get("q", "")[:LONGEST_SOUGHT],
        _chosen("carrier", known),
        _chosen("town", towns),
        request.args.get("online") == TICKED,
    )
    coming, over = in_turn(found(there, wanted), now)
    feed = links.absolute(f"{PAGE}.ics")
    return render_template(
        "public/trainings.html",
        wanted=wanted,
        coming=coming,
        over=over,
        carriers=carriers,
        known_carriers=[(each, each) for each in known],
        towns=[(each, each) for each in towns],
        is_online=is_online,
        Door=Door,
        door=lambda each: door(each, now),
        why=lambda each: reasons.why_not(each, now),
        occasion=occasion,
        applied_for=course_applications.open_for_all(now=now),
        feed=feed,
        webcal=links.webcal(feed),
    )


def trainings_calendar() -> Response:
    """Send the calendar of all trainings: one entry for each module."""
    named = request.args.get("lang")
    language = named if named in LANGUAGES else extensions.settings().locale
    page = page_cache.cached(
        page_cache.of_site(FILENAME, language), lambda: _calendar(language), now=clock.now()
    )
    return responses.conditional(page, disposition="inline", filename=FILENAME)


def _calendar(language: str) -> Finished:
    there = of_kind(congresses.public_congresses())
    address = links.absolute(f"{PAGE}.ics")
    body = ics.feed(
        public_calendar.of_all(there, in_words(language)),
        name=catalogue(language).gettext("Further training"),
        source_url=address
        if language == extensions.settings().locale
        else f"{address}?lang={language}",
    )
    return Finished(body, CALENDAR)


def _chosen(name: str, known: list[str]) -> str:
    """Return a choice of the address; what nobody offers is none."""
    typed = request.args.get(name, "")
    return typed if typed in known else ""
