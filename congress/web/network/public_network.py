"""The network for everybody: who belongs to it, what took place, and the figures released.

What the page says is read in few statements; it is made again only when something has changed.
"""

from collections.abc import Callable, Hashable
from zoneinfo import ZoneInfo

from flask import Response, abort, render_template

from congress import clock, extensions
from congress.domain.congresses import CongressKind
from congress.domain.network import public_page
from congress.domain.network.funder_report import Period
from congress.domain.network.projects import ProjectKind
from congress.queries import archive
from congress.queries.network import in_public, projects, released_figures, texts
from congress.queries.revisions import site_revision
from congress.web import languages, page_cache, responses
from congress.web.languages import gettext as _
from congress.web.network import maps, project_words
from congress.web.network.public_projects import VARY
from congress.web.page_cache import Finished
from congress.web.registration.occasion import KINDS, occasion

MOST_PROJECTS = 100  # that the page names; the list of projects has all
PUBLICATION = ProjectKind.PUBLICATION


def public_network() -> Response:
    """Show the whole network, with the figures that were released last."""
    now, language = clock.now(), languages.current()
    zone = ZoneInfo(extensions.settings().timezone)
    day = now.astimezone(zone).date()
    members = in_public.members_by_district(day)
    shown = [each for each in released_figures.releases() if each.is_shown]
    agreed = texts.listed(is_public=True)
    ours, many = projects.listed(projects.Wanted(), limit=MOST_PROJECTS, offset=0, is_public=True)

    def render() -> Finished:
        known = archive.everything()
        figures = released_figures.figures(shown[0].period, language) if shown else None
        html = render_template(
            "network/public_network.html",
            dates=languages.dates(zone),
            day=day,
            members=members,
            many_members=sum(len(each.organisations) for each in members),
            members_map=maps.of_members(public_page.numbers(members)),
            figures=figures,
            figures_map=maps.of_people(figures.districts) if figures else None,
            others=[each.period for each in shown[1:]],
            blocks=public_page.blocks(known, now),
            examples=public_page.examples(known, now),
            results=public_page.with_results(known, now),
            projects=[each for each in ours if each.kind is not PUBLICATION],
            publications=[each for each in ours if each.kind is PUBLICATION],
            texts=agreed,
            more_projects=many > len(ours),
            words=project_words,
            number=languages.number,
            KINDS=KINDS,
            about=_about(),
            occasion=occasion,
        )
        congresses = [each.congress for each in known]
        return Finished(html, until=page_cache.next_change(congresses, now=now))

    return _answer(
        render, "network", site_revision(), day, repr((members, shown, agreed, ours, many))
    )


def public_figures(first: int, last: int) -> Response:
    """Show the figures of some years that were released."""
    found = released_figures.figures(Period(first, last), languages.current()) or abort(404)
    zone = ZoneInfo(extensions.settings().timezone)

    def render() -> Finished:
        return Finished(
            render_template(
                "network/public_figures.html",
                dates=languages.dates(zone),
                figures=found,
                figures_map=maps.of_people(found.districts),
                number=languages.number,
            )
        )

    return _answer(render, "figures", repr(found))


def _answer(render: Callable[[], Finished], *parts: Hashable) -> Response:
    key = (*parts, languages.current(), languages.is_explicit())
    return responses.conditional(page_cache.cached(key, render, now=clock.now()), vary=VARY)


def _about() -> dict[CongressKind, str]:
    """Return what each kind of event is there for."""
    return {
        CongressKind.FACHKONGRESS: _(
            "Open to everybody who works for civic engagement: talks, workshops and exchange."
        ),
        CongressKind.NETWORK_MEETING: _(
            "Delegates of the members advise each other, discuss a topic and hear what is new"
            " in the Land."
        ),
        CongressKind.TOPIC_WORKSHOP: _(
            "One topic in depth, together with partners from the municipalities."
        ),
        CongressKind.TRAINING: _(
            "A closed group of municipalities works on its own plans in several modules."
        ),
        CongressKind.MARKET: _(
            "Associations and companies agree at stands on what they do for each other, without"
            " money."
        ),
        CongressKind.SOCIAL_DAY: _("Companies lend a hand in the town for a day."),
        CongressKind.OTHER: _("What else municipalities meet for."),
    }
