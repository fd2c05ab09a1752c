"""What goes of somebody in a programme: photos, text, changes, link. Each is asked about first."""

from collections.abc import Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Contributor
from congress.domain.planning.portraits import Portrait
from congress.queries.planning import contributors as queries
from congress.queries.planning import portraits, profiles
from congress.services.planning import introducing, inviting, picturing
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask

LONGEST_MARK = 64


def remove_photo(person_id: int) -> ResponseReturnValue:
    """Ask whether to delete every photo of somebody, and do so."""
    found, here = _get(person_id), access.workspace().id
    if request.method == "GET":
        stored = portraits.of(here, person_id)
        photos = [each for each in (stored.draft, stored.current) if each]
        question = Question(
            _("Delete every photo of %(person)s?", person=found.name),
            _(
                "Public pages stop showing it at once, and a photo that waits for you goes too. "
                "This cannot be undone."
            ),
            _("Delete every photo"),
        )
        return _ask(found, question, "/photo/remove", photos=photos) if photos else _back(found)
    picturing.remove(here, person_id, actor=access.actor(), now=clock.now())
    return frame.done(_("The photo of %(person)s is deleted.", person=found.name), _page(found))


def remove_text(person_id: int) -> ResponseReturnValue:
    """Ask whether to delete what is said about somebody, and do so."""
    found, here = _get(person_id), access.workspace().id
    if request.method == "GET":
        introduced = profiles.get(here, person_id)
        question = Question(
            _("Delete the text about %(person)s?", person=found.name),
            _(
                "Public pages stop showing it at once, and a text that waits for you goes too. "
                "Name and organisation stay. This cannot be undone."
            ),
            _("Delete the text"),
        )
        return _ask(found, question, "/profile/remove") if introduced.has_text else _back(found)
    introducing.remove_text(here, person_id, actor=access.actor(), now=clock.now())
    return frame.done(_("The text about %(person)s is deleted.", person=found.name), _page(found))


def discard_profile(person_id: int) -> ResponseReturnValue:
    """Ask whether to let what somebody has changed be, and do so."""
    found, here = _get(person_id), access.workspace().id
    if request.method == "GET":
        draft = profiles.get(here, person_id).draft
        if draft is None:
            return _back(found)
        question = Question(
            _("Discard what %(person)s has changed?", person=found.name),
            _(
                "What was sent is deleted, and what is published stays as it is. No email is "
                "sent. This cannot be undone."
            ),
            _("Discard the changes"),
            {"seen": draft.mark},
        )
        return _ask(found, question, "/profile/discard")
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    try:
        introducing.discard(here, person_id, seen=seen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return frame.done(refusals.text(refusal), _page(found))
    done = _("The changed details of %(person)s were discarded.", person=found.name)
    return frame.done(done, "/people")


def end_link(person_id: int) -> ResponseReturnValue:
    """Ask whether somebody's personal link is to open nothing any more, and end it."""
    found = _get(person_id)
    if request.method == "GET":
        question = Question(
            _("End the personal link of %(person)s?", person=found.name),
            _(
                "The link in the emails sent so far then opens nothing: no answer, no details, no "
                "list of participants. Another invitation brings a new link."
            ),
            _("End the personal link"),
        )
        return _ask(found, question, "/end-link") if found.has_link else _back(found)
    inviting.end_link(access.workspace().id, person_id, actor=access.actor(), now=clock.now())
    done = _("The personal link of %(person)s no longer opens anything.", person=found.name)
    return frame.done(done, "/people")


def _get(person_id: int) -> Contributor:
    return queries.find(access.workspace().id, person_id) or abort(404)


def _page(found: Contributor) -> str:
    return f"/people/{found.person_id}"


def _back(found: Contributor) -> ResponseReturnValue:
    """Where there is nothing to remove, there is nothing to ask."""
    return frame.go_to(_page(found))


def _ask(
    found: Contributor, question: Question, part: str, *, photos: Sequence[Portrait] = ()
) -> str:
    page = _page(found)
    return ask(
        question,
        f"{page}{part}",
        current="programme",
        back=page,
        above=found.name,
        photos=photos,
    )
