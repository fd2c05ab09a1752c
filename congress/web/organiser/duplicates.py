"""Who may stand in the list twice: shown to be merged, or noted as two people."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.duplicates import Candidate, Why, people_in
from congress.queries import duplicates, neighbours
from congress.queries.neighbours import Neighbour
from congress.services import merging
from congress.web import access
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.attendees import states

PAIR = 2
PAGE = 50  # pairs


@dataclass(frozen=True)
class Twice:
    """Two registrations that may be of one person, and why, in words."""

    one: Neighbour
    other: Neighbour
    why: str


def listed() -> ResponseReturnValue:
    """Show who may stand in the list twice; note that somebody does not."""
    workspace = access.workspace()
    if request.method == "POST":
        one, other = (read_id(request.form.get(name, "")) or 0 for name in ("one", "other"))
        both = neighbours.people(workspace.id, [one, other])
        if len(both) != PAIR:
            abort(404)
        merging.tell_apart(workspace.id, one, other, actor=access.actor(), now=clock.now())
        names = {"one": both[0].name, "other": both[1].name}
        return frame.done(_("%(one)s and %(other)s: noted as two people.", **names), _back(one))
    found = duplicates.of_congress(workspace.id)
    last = max(1, -(-len(found) // PAGE))
    number = min(_page(), last)
    return frame.page(
        "duplicates.html",
        current="attendees",
        pairs=in_words(found[(number - 1) * PAGE : number * PAGE]),
        people=people_in(found),
        page=number,
        last_page=last,
        states=states(),
    )


def in_words(found: Sequence[Candidate]) -> list[Twice]:
    """Return pairs with their names and what they have in common."""
    numbers = {number for each in found for number in each.pair}
    known = {each.id: each for each in neighbours.people(access.workspace().id, numbers)}
    words = {
        Why.ORGANISATION: _("same name and organisation"),
        Why.NO_ADDRESS: _("same name, one without an email address"),
        Why.LOCAL_PART: _("same name, and the addresses begin alike"),
        Why.MAILBOX: _("same email address, similar name"),
    }
    pairs = ((known.get(each.pair[0]), known.get(each.pair[1]), words[each.why]) for each in found)
    return [Twice(one, other, why) for one, other, why in pairs if one and other]


def _page() -> int:
    """Return which part of the list is looked at; a form of it says so too."""
    return max(1, read_id(request.values.get("page", "")) or 1)


def _back(one: int) -> str:
    if request.form.get("back") == "person":
        return f"/attendees/{one}"
    return "/attendees/duplicates" + (f"?page={_page()}" if _page() > 1 else "")
