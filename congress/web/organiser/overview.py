"""How one congress stands: places, queues, fill of the workshops, its state."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.assistance import Totals, is_asked
from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.errors import Refused
from congress.domain.invitations import Counts, untold
from congress.domain.mails.reach import NOBODY
from congress.domain.network.access import NetworkRight
from congress.domain.overlaps import pairs
from congress.domain.planning.release import (
    ENDED,
    NEXT_STATES,
    NotBegunYet,
    StateUnreachable,
    StateUnseen,
    mark_of_state,
    may_be_finished,
)
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import Phase, RegistrationState
from congress.domain.rules import Access
from congress.domain.slots import workshops_in_order
from congress.domain.workshops import Places
from congress.queries import (
    assistance,
    at_a_glance,
    attendees,
    audit,
    confirmations,
    congresses,
    dead_mailboxes,
    invitations,
    openings,
    outbox,
    programme,
    unchosen,
)
from congress.queries.planning import concerns
from congress.queries.unchanged import State, state_of
from congress.queries.workspaces import Workspace
from congress.services.planning import deleting, previewing, releasing
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.mode_words import ways
from congress.web.organiser import (
    course,
    edition_checks,
    frame,
    presence,
    tasks,
    unreached,
    warning_words,
)
from congress.web.organiser.filters import member
from congress.web.organiser.log import in_words

LATEST = 8


def overview() -> str:
    """Show the figures of a congress."""
    return _show()


def change_state() -> ResponseReturnValue:
    """Ask whether to publish, call off, finish or take back a congress, and do it."""
    workspace = access.workspace()
    wanted = member(CongressState, request.values.get("to", ""))
    counts = attendees.counts_by_state(workspace.id)
    congress = congresses.get_congress(workspace.id)
    if wanted is None or wanted not in _next_states(congress, counts):
        is_late = request.method == "POST" and wanted not in {None, workspace.state}
        return (_show(error=_unreachable(congress, wanted)), 409) if is_late else frame.go_to()
    if request.method == "GET":
        return _ask(wanted)
    now = clock.now()
    asked: dict[str, Any] = {"actor": access.actor(), "now": now}
    asked["seen"] = request.form.get("seen", "")
    try:
        if wanted is CongressState.CANCELLED:
            reach = releasing.call_off(workspace.id, **asked)
        elif workspace.state is CongressState.CANCELLED:
            reach = releasing.hold_after_all(workspace.id, **asked)
        else:
            reach = releasing.change_state(workspace.id, wanted, **asked)
    except Refused as refusal:
        if congresses.get_heading(workspace.id).state is wanted:  # pressed twice at once
            return frame.go_to()
        if isinstance(refusal, StateUnseen):
            return _ask(wanted, error=refusals.text(refusal)), 409
        return _show(error=refusals.text(refusal, workspace.zone)), 409
    return frame.done(_done(workspace.state, wanted), at=now, reach=reach)


def _ask(wanted: CongressState, *, error: str = "") -> str:
    workspace = access.workspace()
    found = concerns.of_congress(workspace.id) if wanted is CongressState.PUBLISHED else ()
    again = _again(wanted)
    reach = again.reach if again else NOBODY
    if wanted is CongressState.CANCELLED:
        reach = dead_mailboxes.reach_of_everybody(workspace.id)
    return frame.page(
        "change_state.html",
        preview=again or _calling_off(wanted),
        current="",
        wanted=wanted,
        seen=mark_of_state(workspace.state, workspace.revision),
        people=reach.people,
        invited=len(untold(invitations.of_congress(workspace.id)))
        if wanted is CongressState.CANCELLED
        else 0,
        by_invitation=congresses.get_congress(workspace.id).rules.access is Access.INVITED,
        again=again,
        unreached=unreached.named(reach),
        warnings=warning_words.in_sum(found),
        error=error,
    )


def _calling_off(wanted: CongressState) -> previewing.CallingOff | None:
    """Return one of the letters that calling it off sends, before anybody decides to."""
    if wanted is not CongressState.CANCELLED:
        return None
    return previewing.calling_off(access.workspace().id, now=clock.now())


def _unreachable(congress: Congress, wanted: CongressState | None) -> str:
    """Say why a congress does not get a state that it was not offered."""
    begins = congress.starts_at
    if wanted is CongressState.FINISHED and not may_be_finished(begins, clock.now()):
        return refusals.text(NotBegunYet(begins), congress.zone)
    return refusals.text(StateUnreachable())


def _again(wanted: CongressState) -> previewing.Reopening | None:
    """Return who hears of an end that is taken back, where it is one."""
    workspace = access.workspace()
    is_end = workspace.state in ENDED and wanted is CongressState.PUBLISHED
    if not is_end:
        return None
    may_see = access.may(Right.SEE_ATTENDEES)
    return previewing.reopening(workspace.id, now=clock.now(), with_names=may_see)


def delete_draft() -> ResponseReturnValue:
    """Ask whether to delete a draft, and delete it."""
    workspace = access.workspace()
    if not _may_delete(workspace):
        return frame.go_to()
    if request.method == "GET":
        return frame.page("delete_draft.html", current="")
    try:
        deleting.delete_draft(workspace.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(error=refusals.text(refusal, workspace.zone)), 409
    frame.notify(
        _("The draft “%(title)s” has been deleted.", title=languages.text(workspace.title))
    )
    return redirect(languages.link("/organiser/"), code=303)


def _may_delete(workspace: Workspace) -> bool:
    """Everything goes, so it takes the rights to all of it."""
    rights = (Right.EDIT_PROGRAMME, Right.CHANGE_ATTENDEES)
    return workspace.state is CongressState.DRAFT and all(map(access.may, rights))


def _next_states(
    congress: Congress, counts: Mapping[RegistrationState, int]
) -> tuple[CongressState, ...]:
    """What this account may make of the congress.

    Calling off and taking it back concern all who registered; what is over stays called off.
    """
    if not access.may(Right.EDIT_PROGRAMME):
        return ()
    state, called_off, now = congress.state, CongressState.CANCELLED, clock.now()
    if state is called_off and congress.is_over(now):
        return ()
    registered = sum(counts.values())
    return tuple(
        each
        for each in NEXT_STATES[state]
        if (called_off not in {state, each} or access.may(Right.CHANGE_ATTENDEES))
        and not (each is CongressState.DRAFT and registered)
        and not (each is CongressState.FINISHED and not may_be_finished(congress.starts_at, now))
    )


def _seats(workshops: Sequence[ProgrammeItem]) -> Places | None:
    """Return the places of all workshops that take place, in one sum."""
    if not workshops:
        return None
    limits = [each.places.capacity for each in workshops if each.places.capacity is not None]
    return Places(
        capacity=sum(limits) if len(limits) == len(workshops) else None,
        taken=sum(each.places.taken for each in workshops),
        waiting=sum(each.waiting for each in workshops),
    )


def _assistance(congress: Congress) -> Totals | None:
    """Return how many need assistance, where it is asked and to whom it is told."""
    is_told = is_asked(congress.fields) and access.may(Right.COUNT_ASSISTANCE)
    return assistance.counted(congress.id) if is_told else None


def _can_choose(congress: Congress) -> bool:
    """Return whether it still matters who has not chosen anew."""
    is_public = congress.state is CongressState.PUBLISHED
    return is_public and not congress.is_over(clock.now())


def _latest() -> list[dict[str, object]]:
    """Return what was done last, in words."""
    return in_words(audit.of_congress(access.workspace().id, limit=LATEST, acts_only=True))


def _days_left(workspace: Workspace) -> int:
    """Return how many days lie between today and the last day to register."""
    zone, now = workspace.zone, clock.now()
    last = workspace.period.closes_at - timedelta(microseconds=1)
    return (last.astimezone(zone).date() - now.astimezone(zone).date()).days


def _invited(congress: Congress, state: State) -> Counts | None:
    """Return how many are invited and what they answered, where anybody is."""
    if not access.may(Right.SEE_ATTENDEES):
        return None
    return invitations.counts(congress.id, state)


def _presence(congress: Congress, counts: Mapping[RegistrationState, int]) -> presence.Shown | None:
    if not access.may(Right.SEE_ATTENDEES):
        return None
    return presence.of_congress(congress, people=counts[RegistrationState.CONFIRMED])


def _done(before: CongressState, state: CongressState) -> str:
    if before is CongressState.CANCELLED:
        return _("The event is taking place after all.")
    if before is CongressState.FINISHED:
        return _("The event has been reopened.")
    return {
        CongressState.DRAFT: _("The event is a draft again."),
        CongressState.PUBLISHED: _("The event is published."),
        CongressState.CANCELLED: _("The event is cancelled."),
        CongressState.FINISHED: _("The event is marked as finished."),
    }[state]


def _show(*, error: str = "") -> str:
    workspace, dates = access.workspace(), frame.dates()
    congress = congresses.get_congress(workspace.id)
    items = programme.current_items(workspace)
    may_see_log = access.may(Right.SEE_LOG)
    phase, days_left = workspace.period.phase(clock.now()), _days_left(workspace)
    still_matters = _can_choose(congress)
    not_chosen = unchosen.counts(items, congress.rules.allocation) if still_matters else {}
    state = state_of(workspace)
    glance = at_a_glance.of_congress(
        workspace,
        state,
        pairs(items) if still_matters else (),
        has_quota=congress.rules.quota > 0,
    )
    counts, workshops = glance.people, workshops_in_order(items)
    sees_mails = access.may(Right.SEE_OUTBOX)
    return frame.page(
        "overview.html",
        current="",
        congress=congress,
        ways=ways(congress),
        state=frame.state_of(workspace),
        next_states=_next_states(congress, counts),
        counts=counts,
        unconfirmed=confirmations.count(workspace.id) if congress.confirm_hours else 0,
        workshops=workshops,
        seats=_seats([item for item in items if item.can_be_had]),
        unchosen=not_chosen,
        when=dates.period(congress.starts_at, congress.ends_at),
        deadline=dates.last_day(workspace.period.closes_at),
        may_delete=_may_delete(workspace),
        days_left=days_left,
        phase=phase,
        awaiting=openings.count(workspace.id) if phase is Phase.NOT_YET else 0,
        is_open=phase is Phase.OPEN and workspace.state is CongressState.PUBLISHED,
        checks=edition_checks.of_draft(),
        tasks=tasks.of_today(congress, workshops, not_chosen, glance, days_left),
        coming=tasks.coming(congress),
        invited=_invited(congress, state),
        course=course.of_registrations(congress, state),
        presence=_presence(congress, counts),
        has_topics=congress.kind is CongressKind.NETWORK_MEETING
        and access.may_in_network(NetworkRight.SEE_REGISTER),
        contributors=glance.unregistered,
        on_reserve=glance.on_reserve,
        assistance=_assistance(congress),
        lines=_latest() if may_see_log else [],
        standing=outbox.status(now=clock.now()) if sees_mails else None,
        delivery=outbox.counts(workspace.id, now=clock.now()) if sees_mails else None,
        may_release=access.account().is_administrator,
        error=error,
    )
