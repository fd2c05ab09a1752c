"""What somebody is asked to do in a programme, and their answer."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import online
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import LONGEST_NOTE, Part, answers_count
from congress.domain.programme import PersonState
from congress.formats.contribution_words import role_name
from congress.queries import congresses
from congress.queries.planning import contributors, portraits, profiles
from congress.queries.planning.contributors import Opened
from congress.services.planning import inviting
from congress.web import languages, refusals
from congress.web.contribution.profile import can_edit
from congress.web.contribution.workshops import carried, is_trainer, readable
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration.occasion import occasion

REFUSED, LATE = 422, 409
ANSWERS = {"accept": PersonState.CONFIRMED, "decline": PersonState.DECLINED}


@dataclass(frozen=True)
class Shown:
    """One thing somebody is asked to do, in words, with the field for a line."""

    part: Part
    role: str
    over: str
    state: tuple[str, str]
    note: Entry
    can_answer: bool
    is_named: bool
    online_link: str = ""


def page(token: str) -> ResponseReturnValue:
    """Show what somebody does in a programme; changes nothing."""
    return _show(_open(token), token)


def answer(token: str, contribution_id: int) -> ResponseReturnValue:
    """Take a yes or a no."""
    opened = _open(token)
    state = ANSWERS.get(request.form.get("answer", ""))
    if state is None:
        return redirect(languages.link(f"/contribution/{token}"), code=303)
    note = _note(contribution_id)
    read_text(note, request.form.get(note.name, ""), most=LONGEST_NOTE)
    if note.errors:
        return _show(opened, token, typed=(contribution_id, note)), REFUSED
    try:
        inviting.answer(opened.contributor_id, contribution_id, state, note.value, now=clock.now())
    except Refused as refusal:
        return _show(_open(token), token, refusal=refusal), LATE
    return redirect(languages.link(f"/contribution/{token}"), code=303)


def _open(token: str) -> Opened:
    return contributors.find_by_token(token) or abort(404)


def _show(
    opened: Opened,
    token: str,
    *,
    typed: tuple[int, Entry] | None = None,
    refusal: Refused | None = None,
) -> str:
    congress, now = congresses.get_congress(opened.congress_id), clock.now()
    counts = answers_count(congress.state, is_over=congress.is_over(now))
    return render_template(
        "contribution/page.html",
        congress=congress,
        occasion=occasion(congress),
        dates=languages.dates(congress.zone),
        token=token,
        person=opened.person,
        parts=[
            _shown(opened, part, congress, typed, can_answer=counts) for part in opened.person.parts
        ],
        introduced=profiles.get(opened.congress_id, opened.person.person_id),
        portraits=portraits.of(opened.congress_id, opened.person.person_id),
        can_edit=can_edit(opened),
        workshops=carried(opened),
        readable=readable(opened),
        is_trainer=is_trainer(opened),
        is_draft=congress.state is CongressState.DRAFT,
        is_over=_is_over(congress),
        errors=told(typed[1]) if typed else [],
        refused=refusals.text(refusal) if refusal else "",
    )


def _is_over(congress: Congress) -> bool:
    """Return whether it took place, or would have; what was called off says so itself."""
    is_past = congress.state is CongressState.FINISHED or congress.is_over(clock.now())
    return is_past and congress.state is not CongressState.CANCELLED


def _shown(
    opened: Opened,
    part: Part,
    congress: Congress,
    typed: tuple[int, Entry] | None,
    *,
    can_answer: bool,
) -> Shown:
    note = typed[1] if typed and typed[0] == part.id else _note(part.id)
    return Shown(
        part=part,
        role=role_name(part.role, languages.current()),
        over=_("Workshop %(number)d", number=part.number) if part.number else "",
        state=_state(part),
        note=note,
        can_answer=can_answer and not part.is_cancelled,
        is_named=opened.person.is_named_in(part),
        online_link=online.link_to_part(part, congress),
    )


def _note(contribution_id: int) -> Entry:
    """Return the field for a line, empty: what was said with a yes is not meant with a no.

    Its name tells it from those of other parts on the page.
    """
    return Entry(f"note-{contribution_id}", _("Line to the organisers"))


def _state(part: Part) -> tuple[str, str]:
    if part.is_cancelled:
        return "bad", _("Not taking place")
    return {
        PersonState.REQUESTED: ("few", _("Your answer is still missing")),
        PersonState.CONFIRMED: ("ok", _("You have accepted")),
        PersonState.DECLINED: ("off", _("You have declined")),
    }[part.state]
