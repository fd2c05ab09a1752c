"""Calendars: of all congresses, of one programme, of one person."""

from collections.abc import Sequence
from hashlib import sha256
from http import HTTPStatus

from flask import Response, abort, request

from congress import clock, extensions, links
from congress.domain.calendars import public_calendar
from congress.domain.calendars.calendar import Entry, Status, with_url
from congress.domain.congresses import Congress, OrganisationRole
from congress.domain.texts import in_language
from congress.domain.tokens import TokenPurpose
from congress.formats import ics
from congress.formats.catalogue import catalogue
from congress.queries import calendars, congresses
from congress.queries import programme as programmes
from congress.queries.calendars import PersonalCalendar
from congress.queries.congresses import Heading
from congress.services.public_calendars import in_words, saved_date
from congress.web import front, page_cache, responses
from congress.web.languages import LANGUAGES
from congress.web.page_cache import Finished, Page

CALENDAR = "text/calendar; charset=utf-8"
FILENAME = "calendar.ics"
SAVED = "save-the-date.ics"
RENDERING = 3  # raised whenever the same facts make other bytes: a test says when


def all_congresses() -> Response:
    """Send the calendar of all congresses, one entry each."""
    language = _language()
    page = page_cache.cached(
        page_cache.of_site(FILENAME, language),
        lambda: _of_all_congresses(language),
        now=clock.now(),
    )
    return responses.conditional(page, disposition="inline", filename=FILENAME)


def programme(slug: str) -> Response:
    """Send the calendar of one congress, one entry per programme item."""
    heading = congresses.find_public(slug) or abort(404)
    language = _language()
    # Bookings change nothing here: the key is the revision of the content alone.
    key = (FILENAME, language, heading.id, heading.content_revision, heading.state)
    page = page_cache.cached(
        key, lambda: _of_programme(heading, language), now=clock.now(), shared=True
    )
    answer = responses.conditional(page, disposition="inline", filename=f"{slug}.ics")
    return front.kept(answer, page, slug, heading.revision)


def save_the_date(slug: str) -> Response:
    """Send the date of a congress as a file: the entry that its feeds state, and no copy of it."""
    congress = congresses.with_content(congresses.find_public(slug) or abort(404))
    entry = saved_date(congress, language := _language())
    body = ics.published(entry, organizer=_organizer(congress, language))
    return responses.conditional(
        page_cache.finish(Finished(body, CALENDAR)),
        disposition="attachment",
        filename=f"{slug}-{SAVED}",
    )


def _organizer(congress: Congress, language: str) -> ics.Address:
    """Return who invites: the mailbox that did so first, else the one that will."""
    named = congress.named(OrganisationRole.HOST)
    name = named[0].name if named else in_language(congress.title, language)
    mailbox = calendars.organizers([congress.id])[congress.id]
    return ics.Address(name, mailbox or extensions.settings().mail_from)


def personal(token: str) -> Response:
    """Send the calendar of one registration to whoever has its link; it holds no link itself."""
    calendar = calendars.find_personal(token, TokenPurpose.FEED) or abort(404)
    known = calendars.feed_of_registration(calendar.registration_id)
    entries = [each.entry for each in known if not each.is_mailed]
    shown = public_calendar.still_shown(entries, now=clock.now())
    by_mail = any(each.is_mailed for each in known)
    facts = (RENDERING, extensions.settings().base_url, calendar, shown, by_mail, ics.zones(shown))
    etag = sha256(repr(facts).encode()).hexdigest()[:32]
    answer = responses.conditional(
        Page(b"", None, CALENDAR, etag),
        cache_control="private, no-cache",
        disposition="inline",
        filename=FILENAME,
    )
    if answer.status_code == HTTPStatus.OK:  # not known already
        answer.set_data(_of_person(calendar, shown, by_mail=by_mail))
    return answer


def download(token: str) -> Response:
    """Send the entries of a registration as a file, for calendars that take no invitation."""
    calendar = calendars.find_personal(token, TokenPurpose.MANAGE) or abort(404)
    entries = calendars.entries_of_registration(calendar.registration_id)
    confirmed = [entry for entry in entries if entry.status is Status.CONFIRMED] or abort(404)
    own = _with_page(confirmed, congresses.get_congress(calendar.congress_id))
    return responses.conditional(
        page_cache.finish(Finished(ics.file(own), CALENDAR)),
        cache_control="no-store",
        disposition="attachment",
        filename=FILENAME,
    )


def _of_person(calendar: PersonalCalendar, shown: list[Entry], *, by_mail: bool) -> bytes:
    congress = congresses.get_congress(calendar.congress_id)
    own, name = _with_page(shown, congress), in_language(congress.title, calendar.language)
    if by_mail:  # what invitations put into a calendar stands in no other one
        note = catalogue(calendar.language).gettext(
            "Your calendar entry comes by email. To have it here instead, choose so on your page."
        )
        return ics.feed(own, name=name, note=note)
    if not own:  # somebody who waits: a calendar needs an entry, and this one binds nobody
        own = [public_calendar.congress_entry(congress, in_words(calendar.language))]
    return ics.feed(own, name=name)


def _with_page(entries: Sequence[Entry], congress: Congress) -> list[Entry]:
    page = links.congress(congress.slug)
    return [with_url(entry, page) for entry in entries]


def _of_all_congresses(language: str) -> Finished:
    entries = public_calendar.of_all(congresses.public_congresses(), in_words(language))
    body = ics.feed(
        entries,
        name=catalogue(language).gettext("All events"),
        source_url=_with_language(links.absolute("/calendar.ics"), language),
    )
    return Finished(body, CALENDAR)


def _of_programme(heading: Heading, language: str) -> Finished:
    congress = congresses.with_content(heading)
    items = programmes.kept_items(heading)
    body = ics.feed(
        public_calendar.of_programme(congress, items, in_words(language)),
        name=in_language(congress.title, language),
        source_url=_with_language(f"{links.congress(congress.slug)}/calendar.ics", language),
    )
    return Finished(body, CALENDAR)


def _language() -> str:
    """Return the language that the address names; programs do not choose by other means."""
    named = request.args.get("lang")
    return named if named in LANGUAGES else extensions.settings().locale


def _with_language(address: str, language: str) -> str:
    return address if language == extensions.settings().locale else f"{address}?lang={language}"
