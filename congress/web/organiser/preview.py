"""The public page of a draft, before anybody else can see it, with what is wrong with it."""

import re
from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import CongressState
from congress.domain.planning.release import mark_of_state
from congress.queries import congresses
from congress.queries.planning import concerns, scheduling
from congress.web import access
from congress.web.organiser import edition_checks, frame, warning_words
from congress.web.public.congresses import about, of_programme


def preview() -> ResponseReturnValue:
    """Show the page as it would be; of what is public already, the overview says more."""
    workspace = access.workspace()
    if workspace.state is not CongressState.DRAFT:
        return frame.go_to()
    now = clock.now()
    congress = replace(congresses.get_congress(workspace.id), state=CongressState.PUBLISHED)
    items = [each.as_published() for each in scheduling.edited_items(workspace.id)]
    html = render_template(
        "organiser/preview.html",
        own=f"/organiser/{workspace.slug}",
        notice=frame.take_notice(),
        warnings=warning_words.in_sum(concerns.of_congress(workspace.id)),
        checks=edition_checks.of_draft(),
        seen=mark_of_state(workspace.state, workspace.revision),
        may_publish=access.may(Right.EDIT_PROGRAMME),
        **about(congress, now),
        **of_programme(congress, items, now),
    )
    return _without_dead_links(html, workspace.slug)


def _without_dead_links(html: str, slug: str) -> str:
    """Take the addresses out of links to pages that are there only once it is published."""
    return re.sub(rf' href="[^"#?]*/{re.escape(slug)}(?:[/?][^"]*)?"', _kept_inside, html)


def _kept_inside(found: re.Match[str]) -> str:
    return found[0] if "/organiser/" in found[0] else ""
