"""The public page of a draft, before anybody else can see it, with what is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import Congress, CongressState
from congress.domain.planning.release import mark_of_state
from congress.domain.programme import ProgrammeItem
from congress.queries import congresses
from congress.queries.planning import concerns, scheduling
from congress.web import access
from congress.web.languages import ngettext
from congress.web.organiser import edition_checks, frame, warning_words
from congress.web.public import showing
from congress.web.public.congresses import about


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
        warnings=_warnings(congress, items),
        checks=edition_checks.of_draft(),
        seen=mark_of_state(workspace.state, workspace.revision),
        may_publish=access.may(Right.EDIT_PROGRAMME),
        **about(congress, now),
        days=showing.days(congress, items),
    )
    return _without_dead_links(html, workspace.slug)


def _warnings(congress: Congress, items: Sequence[ProgrammeItem]) -> list[str]:
    found = warning_words.in_sum(concerns.of_congress(congress.id))
    unnamed = [item for item in items if item.bookable and not _names_somebody(item)]
    if unnamed:
        found.append(
            ngettext(
                "%(num)d workshop shows “N. N.”: nobody is named in it who has agreed.",
                "%(num)d workshops show “N. N.”: nobody is named in them who has agreed.",
                len(unnamed),
            )
        )
    return found


def _names_somebody(item: ProgrammeItem) -> bool:
    return any(person.name for person in item.face.people)


def _without_dead_links(html: str, slug: str) -> str:
    """Take the addresses out of links to pages that are there only once it is published."""
    return re.sub(rf' href="[^"#?]*/{re.escape(slug)}(?:[/?][^"]*)?"', _kept_inside, html)


def _kept_inside(found: re.Match[str]) -> str:
    return found[0] if "/organiser/" in found[0] else ""
