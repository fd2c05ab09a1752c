"""One attendee: everything there is, and what an organiser may do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import attendee_list, overlaps
from congress.domain.access import Right
from congress.domain.change_requests import ChangeRequest
from congress.domain.congresses import Congress, CongressState
from congress.domain.course import Course, course
from congress.domain.errors import Refused
from congress.domain.fields import SWITCHABLE
from congress.domain.modes import Mode, ModeFull
from congress.domain.notes import LONGEST_NOTE, NoteEditedMeanwhile, version_of
from congress.domain.overlaps import Overlap
from congress.domain.quotas import QuotaReached
from congress.domain.registration import NoFreePlace, RegistrationState
from congress.domain.standing import Standing
from congress.domain.workshops import OnlyWith
from congress.formats.field_words import field_words
from congress.queries import attendees as queries
from congress.queries import (
    audit,
    change_requests,
    congresses,
    dead_mailboxes,
    duplicates,
    invitations,
    notes,
    quota_groups,
)
from congress.queries import phoning as phoning_queries
from congress.queries.attendees import Attendee
from congress.queries.quota_groups import Group
from congress.services import (
    annotating,
    changing,
    confirming,
    phoning,
    promoting,
    registering,
    switching,
)
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import (
    attendee_wishes,
    calendar_answers,
    explaining,
    frame,
    mail_words,
    presence,
    taking_part,
)
from congress.web.organiser.attendees import states
from congress.web.organiser.consent_words import consent_words
from congress.web.organiser.duplicates import Twice
from congress.web.organiser.duplicates import in_words as twice_in_words
from congress.web.organiser.log import history
from congress.web.registration.own_answers import Answered, answered

REFUSED, ANOTHER = 422, 409
LONGEST_VERSION = 16


@dataclass(frozen=True)
class NoteForm:
    """The note as typed; `meanwhile` is what a colleague saved after the form was opened."""

    entry: Entry
    version: str
    meanwhile: str = ""


def attendee(registration_id: int) -> str:
    """Show one attendee."""
    return _show(_load(registration_id))


def cancel_attendee(registration_id: int) -> ResponseReturnValue:
    """Ask whether to end a registration, and end it."""
    found, now = _load(registration_id), clock.now()
    if request.method == "POST":
        try:
            changing.withdraw(registration_id, actor=access.actor(), now=now)
        except Refused as refusal:
            return _refused(found, refusal)
        standing = found.own.standing
        done = _("%(person)s’s registration is cancelled.", person=standing.name)
        here = f"/attendees/{registration_id}"
        return frame.done(f"{done} {frame.told(standing)}", here, at=now)
    return frame.page(
        "cancel_attendee.html",
        current="attendees",
        own_registration=found.own,
        dead=dead_mailboxes.find(registration_id) is not None,
    )


def confirm_again(registration_id: int) -> ResponseReturnValue:
    """Send the confirmation with the personal link once more."""
    found = _load(registration_id)
    try:
        registering.confirm_again(registration_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _refused(found, refusal)
    name = found.own.standing.name
    done = _("The confirmation is being sent to %(person)s again.", person=name)
    return frame.done(done, f"/attendees/{registration_id}")


def confirm_by_hand(registration_id: int) -> ResponseReturnValue:
    """Confirm a registration for somebody who said on the phone that it is theirs."""
    found = _load(registration_id)
    try:
        confirming.confirm_by_hand(registration_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _refused(found, refusal)
    done = _("%(person)s’s registration is confirmed.", person=found.own.standing.name)
    said = _("They will receive an email shortly.")
    return frame.done(f"{done} {said}", f"/attendees/{registration_id}")


def phoned(registration_id: int) -> ResponseReturnValue:
    """Note that somebody without an address was phoned, or take the note back."""
    found = _load(registration_id)
    is_phoned = request.form.get("phoned") == "yes"
    phoning.tick(registration_id, is_phoned=is_phoned, actor=access.actor(), now=clock.now())
    name = found.own.standing.name
    done = _("%(person)s is ticked off as phoned.", person=name)
    if not is_phoned:
        done = _("%(person)s is no longer ticked off as phoned.", person=name)
    return frame.done(done, f"/attendees/{registration_id}")


def keep_note(registration_id: int) -> ResponseReturnValue:
    """Keep what organisers note about somebody, for each other."""
    found, typed = _load(registration_id), _note("")
    read_text(typed.entry, request.form.get("note", ""), most=LONGEST_NOTE)
    typed = replace(typed, version=request.form.get("version", "")[:LONGEST_VERSION])
    if typed.entry.errors:
        return _show(found, note=typed), REFUSED
    note = typed.entry.value
    try:
        is_other = annotating.annotate(
            registration_id, note, version=typed.version, actor=access.actor(), now=clock.now()
        )
    except NoteEditedMeanwhile as refusal:
        stored = notes.note_of(registration_id)
        both = replace(typed, version=version_of(stored), meanwhile=stored or _("none"))
        return _show(found, error=refusals.text(refusal), note=both), ANOTHER
    if not is_other:
        done = _("Nothing was changed.")
    else:
        done = _("The internal note is saved.") if note else _("The internal note is removed.")
    return frame.done(done, f"/attendees/{registration_id}")


def _note(stored: str) -> NoteForm:
    entry = Entry("note", _("Text"), value=stored)
    return NoteForm(entry, version_of(stored))


def promote_attendee(registration_id: int) -> ResponseReturnValue:
    """Give somebody who waits for the congress a place out of turn."""
    found = _load(registration_id)
    return _promote(found, promoting.promote_registration, registration_id)


def switch_mode(registration_id: int, mode: str) -> ResponseReturnValue:
    """Let somebody take part in the other way; beyond the places there only if that is meant."""
    found, now = _load(registration_id), clock.now()
    beyond, actor = request.form.get("beyond") == "y", access.actor()
    try:
        switching.take_part(registration_id, Mode(mode), beyond=beyond, actor=actor, now=now)
    except ModeFull as refusal:
        error = refusals.text(refusal, access.workspace().zone)
        may_add = found.own.standing.state is RegistrationState.CONFIRMED
        return _show(found, error=error, beyond=request.path if may_add else ""), 409
    except Refused as refusal:
        return _refused(found, refusal)
    standing = found.own.standing
    done = taking_part.done(Mode(mode), standing.name)
    return frame.done(f"{done} {frame.told(standing)}", f"/attendees/{found.own.id}", at=now)


def promote_booking(registration_id: int, booking_id: int) -> ResponseReturnValue:
    """Give somebody who waits for a workshop a place out of turn."""
    found = _load(registration_id)
    if found.own.standing.booking(booking_id) is None:
        abort(404)
    alone = request.form.get("alone") == "y"
    return _promote(found, partial(promoting.promote_booking, alone=alone), booking_id)


def _promote(found: Attendee, promote: Callable[..., None], number: int) -> ResponseReturnValue:
    """Move somebody up; beyond the places there are only if that is what was asked for."""
    beyond, now = request.form.get("beyond") == "y", clock.now()
    try:
        promote(number, overbook=beyond, actor=access.actor(), now=now)
    except (NoFreePlace, QuotaReached) as refusal:
        error = refusals.text(refusal, access.workspace().zone)
        is_quota = isinstance(refusal, QuotaReached)
        return _show(found, error=error, beyond=request.path, is_quota=is_quota), 409
    except OnlyWith as refusal:
        error = refusals.text(refusal, access.workspace().zone)
        told_before = {"beyond": "y"} if beyond else {}
        return _show(found, error=error, alone=(request.path, told_before)), 409
    except Refused as refusal:
        return _refused(found, refusal)
    standing = found.own.standing
    done = _("%(person)s has moved up.", person=standing.name)
    return frame.done(f"{done} {frame.told(standing)}", f"/attendees/{found.own.id}", at=now)


def _asked(found: Attendee) -> ChangeRequest | None:
    """Return what somebody asked for and nobody has decided yet."""
    has_left = found.own.standing.state is RegistrationState.CANCELLED
    if has_left or access.workspace().state is not CongressState.PUBLISHED:
        return None
    if not found.own.has_requested:
        return None
    latest = change_requests.latest_of(found.own.id)
    return latest if latest and latest.is_open else None


def _load(registration_id: int) -> Attendee:
    return queries.find_attendee(access.workspace().id, registration_id) or abort(404)


def _refused(found: Attendee, refusal: Refused) -> ResponseReturnValue:
    return _show(found, error=refusals.text(refusal, access.workspace().zone)), 409


def _show(
    found: Attendee,
    *,
    error: str = "",
    beyond: str = "",
    is_quota: bool = False,
    alone: tuple[str, dict[str, str]] | None = None,
    note: NoteForm | None = None,
) -> str:
    congress, now = congresses.with_content(access.workspace()), clock.now()
    is_ahead = course(congress, now) in {Course.AHEAD, Course.BEGUN}
    asked, lines = _asked(found), audit.of_registration(found.own.id)
    state = _state(found)
    return frame.page(
        "attendee.html",
        current="attendees",
        asked=asked,
        **explaining.of_person(found, congress, lines, state[1], asked=asked, now=now),
        found=found,
        twice=_perhaps_twice(found) if access.may(Right.CHANGE_ATTENDEES) else [],
        standing=found.own.standing,
        seen=[each.name for each in SWITCHABLE if access.may(each.right)],
        fields=field_words(languages.current()),
        answered=_answered(congress, found),
        state=state,
        states=states(),
        purposes=purposes(),
        is_over=congress.is_over(now),
        **taking_part.of_person(congress, found.own.standing),
        **attendee_wishes.of_person(congress, found.own.standing),
        double=_double(found.own.standing) if is_ahead else (),
        subject=mail_words.subject,
        mail_state=mail_words.state,
        lines=history(found.own.id, lines) if access.may(Right.SEE_LOG) else [],
        attended=presence.of_person(found.own.id),
        note=note or _note(notes.note_of(found.own.id)),
        errors=told(note.entry) if note else [],
        error=error,
        beyond=beyond,
        is_quota=is_quota,
        alone=alone,
        counted=_counted(found, congress.rules.quota),
        telling=None if found.own.standing.has_mailbox else phoning_queries.find_last(found.own.id),
        dead=dead_mailboxes.find(found.own.id),
        answers=calendar_answers.of_person(found.own.standing),
        invitation=invitations.of_registration(found.own.id),
        waits=found.own.wanted_address(now=now),
        colleague=found.own.colleague(now=now),
        priority_groups=congress.rules.priority_groups,
        priority_choices=[(name, name) for name in congress.rules.priority_groups.names],
    )


def _state(found: Attendee) -> tuple[str, str]:
    """Return the kind and words of what somebody is now, for the badge."""
    standing = found.own.standing
    if standing.merged_into_id:
        return "off", _("Merged")
    if found.substitute:
        return "off", _("Represented")
    if standing.is_unconfirmed and standing.state is not RegistrationState.CANCELLED:
        return "few", _("Not confirmed")
    return states()[standing.state]


def _answered(congress: Congress, found: Attendee) -> list[Answered]:
    """Return what somebody answered, as far as whoever looks may read it."""
    roles = access.account().roles_in(congress.id)
    return answered(attendee_list.readable(roles, congress.questions), found.own.answers)


def _counted(found: Attendee, quota: int) -> Group | None:
    """Return the organisation that somebody is counted with, where that matters."""
    key = quota_groups.key_of(found.own.id) if quota else ""
    return quota_groups.find(access.workspace().id, key, quota) if key else None


def _double(standing: Standing) -> tuple[Overlap, ...]:
    is_registered = standing.state is not RegistrationState.CANCELLED
    return overlaps.of(standing) if is_registered else ()


def _perhaps_twice(found: Attendee) -> list[Twice]:
    standing = found.own.standing
    if standing.state is RegistrationState.CANCELLED:
        return []
    return twice_in_words(duplicates.of_registration(standing.congress_id, standing.id))


def purposes() -> dict[str, str]:
    """Return what one can agree to, in words."""
    return {"privacy_notice": _("Privacy notice read"), **consent_words()}
