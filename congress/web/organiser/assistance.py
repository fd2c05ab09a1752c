"""What people need to take part: counted for the venue, and by name for the one role (GDPR-04)."""

from collections.abc import Iterator

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.access import Right
from congress.domain.assistance import GONE_WITHIN, Need, is_asked
from congress.formats.assistance_words import listed_needs, need_words
from congress.formats.table import Cell, Heading
from congress.queries import assistance as queries
from congress.queries import congresses
from congress.services import assisting
from congress.services.exporting import Listed, Listing
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.attendees import states

CURRENT = "assistance"
WIDE, WIDER = 30, 60  # columns


def assistance() -> str:
    """Show how many need what; nobody is named."""
    workspace = access.workspace()
    congress = congresses.get_congress(workspace.id)
    found, words = queries.counted(workspace.id), need_words(languages.current())
    return frame.page(
        "assistance.html",
        current=CURRENT if access.may(Right.SEE_ASSISTANCE) else "",  # reached from the overview
        asked=is_asked(congress.fields),
        totals=found,
        rows=[
            (words[need], found.kinds.get(need, 0), found.kinds_waiting.get(need, 0))
            for need in Need
        ],
        until=congress.ends_at + GONE_WITHIN,
    )


def assistance_names() -> str:
    """Show who needs what; the log says who looked."""
    workspace = access.workspace()
    congress = congresses.get_congress(workspace.id)
    return frame.page(
        "assistance_names.html",
        current=CURRENT,
        people=assisting.read(workspace.id, actor=access.actor(), now=clock.now()),
        words=need_words(languages.current()),
        states=states(),
        sees_attendees=access.may(Right.SEE_ATTENDEES),
        until=congress.ends_at + GONE_WITHIN,
    )


def assistance_file() -> Response:
    """Hand out who needs what as a file (SEC-03)."""
    headings = [
        Heading(_("Name"), WIDE),
        Heading(_("Status"), WIDE),
        Heading(_("Assistance needs"), WIDER),
        Heading(_("In a few words"), WIDER),
    ]
    return frame.listing(Listing(Listed.ASSISTANCE, headings, _lines()))


def remove_needs(registration_id: int) -> ResponseReturnValue:
    """Ask whether to delete what somebody said, who has no page of their own or asks for it."""
    number, actor, now = access.workspace().id, access.actor(), clock.now()
    if not queries.named(number, only=registration_id):
        abort(404)
    if request.method == "GET":
        [person] = assisting.read(number, only=registration_id, actor=actor, now=now)
        return frame.page("remove_needs.html", current=CURRENT, person=person)
    assisting.forget(registration_id, actor=actor, now=now)
    return frame.done(_("What this person needed has been deleted."), "/assistance/names")


def _lines() -> Iterator[list[Cell]]:
    words, language = states(), languages.current()
    for each in queries.named(access.workspace().id):
        needs = each.needs
        state = _("Not confirmed") if each.is_unconfirmed else words[each.state][1]
        yield [each.name, state, listed_needs(needs.kinds, language), needs.text]
