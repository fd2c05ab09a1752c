"""Deciding whether somebody takes part who asked to: what there is for them, a yes, or a no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.course import Course, course
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Key
from congress.domain.programme import ProgrammeItem
from congress.domain.quotas import QuotaReached
from congress.domain.registration import NotRequested, RegistrationState
from congress.domain.room import ByHand
from congress.domain.standing import Standing
from congress.queries import admissions as queries
from congress.queries import attendees, congresses, programme, quota_groups
from congress.services import admitting
from congress.web import access, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, seats
from congress.web.organiser.readers import read_reason
from congress.web.organiser.seats import BEYOND, WAIT
from congress.web.registration.cards import full_name

REFUSED, ANOTHER = 422, 409
PAGE = "/requests"


@dataclass
class AdmissionForm:
    """What is to be decided about somebody, as typed; `full` names what has no free place."""

    standing: Standing
    full: tuple[Key, ...]
    full_words: str
    what_then: Entry
    reason: Entry
    options: Sequence[tuple[str, str]]
    left_out: str = ""  # what has no waiting list either, and is gone without then
    errors: list[tuple[str | None, str]] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.standing.id


def is_ahead() -> bool:
    """Return whether anybody can still take part: of what is over or called off nobody can."""
    congress = congresses.with_content(access.workspace())
    return course(congress, clock.now()) in {Course.AHEAD, Course.BEGUN}


def forms() -> list[AdmissionForm]:
    """Return what is to be decided, the oldest first."""
    if not is_ahead():
        return []
    items = _items()
    beyond = _beyond()
    return [_form(each, items, beyond) for each in queries.open_ones(access.workspace().id)]


def decide_attendee(registration_id: int) -> ResponseReturnValue:
    """Show what is to be decided about one person."""
    standing = _load(registration_id)
    if standing.state is not RegistrationState.REQUESTED:
        return frame.go_to(f"/attendees/{registration_id}")
    return _page(_form(standing, _items()))


def accept_attendee(registration_id: int) -> ResponseReturnValue:
    """Let somebody take part."""
    form = _form(_load(registration_id), _items())
    form.what_then.value = request.form.get(form.what_then.name, "")
    if form.full and form.what_then.value not in dict(form.options):
        form.what_then.errors.append(_("Please choose what should happen."))
        form.errors = told(form.what_then)
        return _page(form), REFUSED
    # Whoever was asked because of a quota says it of the event, where places are free.
    is_answered = form.what_then.value in dict(form.options)
    keys = frozenset({*form.full, CONGRESS} if is_answered else form.full)
    by_hand = ByHand(
        beyond=keys if form.what_then.value == BEYOND else frozenset(),
        waits=keys if form.what_then.value == WAIT else frozenset(),
    )
    now, congress_id = clock.now(), access.workspace().id
    try:
        standing = admitting.accept(
            congress_id, registration_id, by_hand=by_hand, actor=access.actor(), now=now
        )
    except Refused as refusal:
        return _refused(registration_id, refusal)
    done = _("%(person)s has a place.", person=standing.name)
    if standing.state is RegistrationState.WAITING:
        done = _("%(person)s is on the waiting list.", person=standing.name)
    if standing.on_reserve is not None:
        done = _("%(person)s is on the reserve list.", person=standing.name)
    return frame.done(f"{done} {frame.told(standing)}", PAGE, at=now)


def decline_attendee(registration_id: int) -> ResponseReturnValue:
    """Say no with a reason."""
    form = _form(_load(registration_id), _items())
    read_reason(form.reason, request.form.get(form.reason.name, ""))
    form.errors = told(form.reason)
    if form.errors:
        return _page(form), REFUSED
    now, congress_id = clock.now(), access.workspace().id
    try:
        admitting.decline(
            congress_id, registration_id, form.reason.value, actor=access.actor(), now=now
        )
    except Refused as refusal:
        return _refused(registration_id, refusal, reason=form.reason.value)
    done = _("The request of %(person)s is declined.", person=form.standing.name)
    return frame.done(f"{done} {frame.told(form.standing)}", PAGE, at=now)


def _refused(registration_id: int, refusal: Refused, *, reason: str = "") -> ResponseReturnValue:
    """Say why it cannot be, with what holds now; whoever was decided meanwhile is shown."""
    said = refusals.text(refusal, access.workspace().zone)
    if isinstance(refusal, NotRequested):
        frame.notify(said)
        return frame.go_to(f"/attendees/{registration_id}")
    form = _form(_load(registration_id), _items())
    form.reason.value = reason
    if isinstance(refusal, QuotaReached) and CONGRESS not in form.full:
        form.full, form.full_words = (*form.full, CONGRESS), _("the event itself")
    return _page(form, error=said), ANOTHER


def _load(registration_id: int) -> Standing:
    found = attendees.find_attendee(access.workspace().id, registration_id) or abort(404)
    return found.own.standing


def _items() -> dict[int, ProgrammeItem]:
    return {item.id: item for item in programme.current_items(access.workspace())}


def _beyond() -> set[int]:
    """Return who asked though as many of their organisation come as may."""
    workspace = access.workspace()
    quota = congresses.with_content(workspace).rules.quota
    return quota_groups.beyond_their_quota(workspace.id, quota)


def _form(
    standing: Standing, items: Mapping[int, ProgrammeItem], beyond: set[int] | None = None
) -> AdmissionForm:
    workspace = access.workspace()
    full: list[Key] = []
    names: list[str] = []
    left_out: list[str] = []
    is_free = congresses.with_content(workspace).places.has_free_place
    is_beyond = standing.id in (_beyond() if beyond is None else beyond)
    if not standing.holds_places and (is_beyond or not is_free):
        full.append(CONGRESS)
        names.append(_("the places for their organisation") if is_beyond else _("the event itself"))
    wanted = (items.get(each.item.id) for each in standing.waiting)
    for item in (each for each in wanted if each is not None and not each.face.cancelled):
        if not item.places.has_free_place:
            full.append(item.id)
            names.append(full_name(item))
            if not item.places.waiting_list_open:
                left_out.append(full_name(item))
    may_wait = CONGRESS not in full or workspace.places.waiting_list_open
    options = [each for each in seats.when_full() if may_wait or each[0] != WAIT]
    number = standing.id
    return AdmissionForm(
        standing,
        tuple(full),
        ", ".join(names),
        Entry(
            f"full-{number}",
            _("There is no free place. What should happen?"),
            WAIT if may_wait else "",
            required=True,
        ),
        Entry(f"reason-{number}", _("Reason"), required=True),
        options,
        ", ".join(left_out),
    )


def _page(form: AdmissionForm, *, error: str = "") -> str:
    return frame.page(
        "decide_attendee.html",
        current="attendees",
        form=form,
        name_of=full_name,
        errors=form.errors,
        error=error,
    )
