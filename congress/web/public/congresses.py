"""The list of congresses, one congress with its programme, one programme item.

These pages are finished bytes until something on them changes (`congress.web.page_cache`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from flask import Response, abort, render_template

from congress import clock, links
from congress.domain.bindings import beside, goes_with, twins
from congress.domain.congresses import Congress, CongressKind, OrganisationRole
from congress.domain.hall import CONGRESS
from congress.domain.hosts import NOBODY
from congress.domain.programme import ItemKind, ProgrammeItem
from congress.queries import calls, course_applications, hosts, newsletters, programme
from congress.queries import congresses as queries
from congress.queries.congresses import Heading
from congress.queries.network import in_public, topics
from congress.queries.planning import (
    materials,
    outcomes,
    portraits,
    profiles,
    workshop_reports,
)
from congress.web import front, languages, page_cache, responses
from congress.web.call import proposal_words
from congress.web.mode_words import MODES
from congress.web.network.register_words import SECTORS
from congress.web.page_cache import Finished
from congress.web.public import showing
from congress.web.public.by_wishes import by_wishes
from congress.web.registration import cards, reasons
from congress.web.registration.occasion import KINDS, Door, door, occasion

VARY = ("Accept-Language", "Cookie")


def start() -> Response:
    """Show upcoming and past congresses."""
    now, feed = clock.now(), links.absolute("/calendar.ics")

    def render() -> Finished:
        congresses = queries.public_congresses()
        upcoming = [each for each in reversed(congresses) if not _has_been(each, now)]
        past = [each for each in congresses if _has_been(each, now)]
        html = render_template(
            "public/start.html",
            upcoming=upcoming,
            past=past,
            KINDS=KINDS,
            Door=Door,
            door=lambda each: door(each, now),
            why=lambda each: reasons.why_not(each, now),
            occasion=occasion,
            applied_for=course_applications.open_for_all(now=now),
            feed=feed,
            webcal=links.webcal(feed),
            has_network=in_public.is_in_use(),
        )
        return Finished(html, until=page_cache.next_change(congresses, now=now))

    key = page_cache.of_site("start", languages.current(), languages.is_explicit())
    return responses.conditional(page_cache.cached(key, render, now=now), vary=VARY)


def congress(slug: str) -> Response:
    """Show one congress."""
    heading = queries.find_public(slug) or abort(404)

    def render(now: datetime) -> Finished:
        found = queries.with_content(heading)
        items = programme.released_items(found.id)
        call = calls.of_public(heading)
        is_open = call and call.takes_proposals(found.state, is_over=found.is_over(now), now=now)
        more: dict[str, object] = (
            {"call": call, "asked": proposal_words.kinds(call)} if call and is_open else {}
        )
        if call and (market := calls.stands(found.id)):
            more["market"] = market
        is_course = found.kind is CongressKind.TRAINING
        course = course_applications.of_public(heading) if is_course else None
        if course and course.takes(found.state, is_over=found.is_over(now), now=now):
            more["applying"] = course
        if newsletters.is_offered_to_public(heading):
            more["newsletter"] = True
        if outcomes.are_published(heading):
            more["has_results"] = True
            more["publications"] = materials.publications(found.id)
        more |= of_programme(found, items, now)
        done = finished("public/congress.html", found, now, **more)
        turns = [call.closes_at] if call and is_open else []
        turns += course.turns(now) if course and course.is_open else []
        return replace(done, until=min(filter(None, (done.until, *turns)), default=None))

    return page("congress", slug, heading, render)


def of_programme(
    found: Congress, items: Sequence[ProgrammeItem], now: datetime
) -> dict[str, object]:
    """Return what the programme of a page says: its days, and what an item is bound to."""
    bound = {each.id: cards.bound_to(each, items) for each in items if each.can_be_had}
    wishes = by_wishes(found, items, now)
    return {"days": showing.days(found, items), "bound": bound, "wishes": wishes}


def item(slug: str, code: str) -> Response:
    """Show one programme item."""
    heading = queries.find_public(slug) or abort(404)

    def render(now: datetime) -> Finished:
        found = queries.with_content(heading)
        entry = programme.find_item(found.id, code)
        if entry is None:
            abort(404)
        bios = profiles.bios(found.id, entry.face.people)
        photos = portraits.shown(found.id, entry.face.people)
        came_of_it = workshop_reports.get(entry.id).current
        more: dict[str, object] = {"bios": bios, "photos": photos, "results": came_of_it}
        more["materials"] = materials.published_of(entry.id)
        is_meeting = found.kind is CongressKind.NETWORK_MEETING
        host = hosts.of_item(entry.id) if entry.kind is ItemKind.PLACEMENT else NOBODY
        more |= {"placed_at": host, "sector_there": SECTORS.get(host.sector, "")}
        more["proposers"] = topics.named_for(entry.id) if is_meeting else []
        if entry.bookable:
            items = programme.kept_items(found)
            wishes = by_wishes(found, items, now)
            of = CONGRESS if entry.id in wishes.workshops and entry.can_be_had else entry.id
            more |= {"why": reasons.why_not(found, now, [entry], of), "wishes": wishes}
            more["ahead"] = cards.people_ahead(entry.places.waiting)
            more["twins"] = twins(entry, items)
            more |= {"goes_with": goes_with(entry, items), "beside": beside(entry, items)}
            more["name_of"] = cards.full_name
        return finished("public/item.html", found, now, item=entry, **more)

    return page(f"item {code}", slug, heading, render)


def page(
    name: str, slug: str, heading: Heading, render: Callable[[datetime], Finished]
) -> Response:
    """Return a page of a congress, finished or from what is kept."""
    now = clock.now()
    key = page_cache.of_congress(name, languages.current(), heading, now, languages.is_explicit())
    done = page_cache.cached(key, lambda: render(now), now=now)
    answer = responses.conditional(done, vary=VARY)
    return front.kept(answer, done, slug, heading.revision)


def finished(template: str, found: Congress, now: datetime, **context: object) -> Finished:
    """Return a page that says the same until something of the congress changes."""
    html = render_template(template, **{**about(found, now), **context})
    return Finished(html, until=page_cache.next_change([found], now=now))


def about(found: Congress, now: datetime) -> dict[str, object]:
    """Return what the templates of a congress's public pages are told of it."""
    feed = links.absolute(f"/{found.slug}/calendar.ics")
    return {
        "congress": found,
        "occasion": occasion(found),
        "door": door(found, now),
        "Door": Door,
        "why": reasons.why_not(found, now),
        "has_begun": reasons.has_begun(found, now),
        "is_awaited": reasons.is_awaited(found, now),
        "KINDS": KINDS,
        "modes": MODES.items(),
        "state_of": cards.state_of,
        "OrganisationRole": OrganisationRole,
        "now": now,
        "showing": showing,
        "dates": languages.dates(found.zone),
        "feed": feed,
        "webcal": links.webcal(feed),
    }


def _has_been(found: Congress, now: datetime) -> bool:
    return door(found, now) is Door.OVER or found.is_over(now)
