"""What an attendee wishes for where places are given by wishes, as organisers see and change it."""

from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation, ranking
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.ranking import Wishes
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.queries import attendees as queries
from congress.queries import congresses, programme, wishes
from congress.queries.attendees import Attendee
from congress.services import wishing
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.refusals import Errors
from congress.web.registration import ranking_words
from congress.web.registration.obstacles import no_longer_ranked
from congress.web.registration.occasion import occasion
from congress.web.registration.ranking_form import RankingForm, ranking_form
from congress.web.registration.ranking_words import ListedWishes

REFUSED = 422


@dataclass(frozen=True)
class SeenWishes:
    """What somebody wishes for, choice by choice, whether they have said anything, until when."""

    listed: tuple[ListedWishes, ...]
    has_answered: bool
    deadline: str
    is_open: bool


def of_person(congress: Congress, standing: Standing) -> dict[str, object]:
    """Return what the page of an attendee says of wishes; nothing where none are taken."""
    is_in = standing.state is RegistrationState.CONFIRMED
    slots = allocation.by_wishes(programme.kept_items(congress), congress.rules.allocation)
    return {"wishes": in_words(congress, standing), "is_assigned_places": is_in and bool(slots)}


def in_words(congress: Congress, *standings: Standing) -> SeenWishes | None:
    """Return what somebody wishes for; where a registration says nothing, what the next one does.

    Nothing where no wishes are taken, or they have a place at each time.
    """
    slots, words = wishes.taking_wishes(congress), occasion(congress)
    said: dict[int, Wishes] = {}
    for standing in standings:
        is_here = standing.state is not RegistrationState.CANCELLED
        slots = standing.without_place(slots) if is_here else []
        said = ranking.by_choice(slots, standing.wishes) | said
    if not slots:
        return None
    listed = tuple(ranking_words.listed(slot, said.get(slot.key), words) for slot in slots)
    return SeenWishes(
        listed,
        has_answered=any(slot.key in said for slot in slots),
        deadline=words.wishes_deadline,
        is_open=clock.now() < congress.wishes_close_at,
    )


def edit_attendee_wishes(registration_id: int) -> ResponseReturnValue:
    """Show the ranking of somebody, or keep what they wish for by an organiser's hand."""
    workspace = access.workspace()
    found = queries.find_attendee(workspace.id, registration_id) or abort(404)
    standing, here = found.own.standing, f"/attendees/{registration_id}"
    congress, now = congresses.with_content(workspace), clock.now()
    items = programme.kept_items(workspace)
    form = ranking_form(congress, items, now=now, standing=standing, by_organiser=True)
    if request.method == "GET":
        return _page(found, congress, form, [])
    form.read(request.form)
    errors: Errors = form.errors
    if form.asks_no_more(request.form):
        errors = [(None, no_longer_ranked().advice), *errors]
    if errors:
        return _page(found, congress, form, errors), REFUSED
    try:
        is_changed = wishing.wish(registration_id, form.wishes, actor=access.actor(), now=now)
    except Refused as refusal:
        return _page(found, congress, form, refusal), REFUSED
    done = _("Nothing was changed.")
    if is_changed:
        done = _("%(person)s’s wishes are saved. No email is sent.", person=standing.name)
    return frame.done(done, here, at=now)


def _page(found: Attendee, congress: Congress, form: RankingForm, wrong: Errors | Refused) -> str:
    words = occasion(congress)
    return frame.page(
        "attendee_wishes.html",
        current="attendees",
        standing=found.own.standing,
        occasion=words,
        ranked=ranking_words.of_form(form, congress, programme.kept_items(congress), words),
        ranking_words=ranking_words,
        may_save=form.is_open and congress.state is CongressState.PUBLISHED,
        is_late=clock.now() >= congress.wishes_close_at,
        **refusals.box(wrong, congress.zone),
    )
