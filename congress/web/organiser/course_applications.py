"""Applications for a training course at the office: looked at, chosen, answered."""

from dataclasses import dataclass, field

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRight
from congress.domain.network.course_applications import (
    ANSWERS,
    LAST_RANK,
    LONGEST_REASON,
    Answers,
    Application,
    State,
    answers,
    applied_twice,
    as_next,
    next_to_accept,
    reserve,
)
from congress.queries import course_applications as queries
from congress.queries import workspaces
from congress.services.courses import answering, foreseeing
from congress.services.courses.answering import Choice, Sent
from congress.services.courses.foreseeing import Outgoing
from congress.web import access, refusals
from congress.web.call.course import state_of
from congress.web.entries import Entry, read_id, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext, pgettext
from congress.web.organiser import frame
from congress.web.organiser.course_call import require_course
from congress.web.organiser.filters import member

REFUSED, LATE = 422, 409
LIST = "/applications"
LONGEST_LINE, LONGEST_SEEN, MOST_TICKED = 40, 100, 500
UNDECIDED = "open"  # an answer that is chosen for nobody any more


NOTHING = Choice(None)


@dataclass
class ChoiceForm:
    """What is to be answered, as typed; on the list for several, on a page for one."""

    answer: Entry
    rank: Entry
    reason: Entry
    ticked: list[int] = field(default_factory=list)
    seen: dict[int, str] = field(default_factory=dict)
    obstacles: list[str] = field(default_factory=list)
    choice: Choice = NOTHING

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        listed: list[tuple[str | None, str]] = [(None, each) for each in self.obstacles]
        return listed + [e for each in (self.answer, self.rank, self.reason) for e in told(each)]

    def read(self) -> bool:
        """Take over what was sent; returns whether it can be worked with."""
        said = request.form.get("answer", "")
        chosen = member(State, said)
        self.answer.value = said if chosen or said == UNDECIDED else ""
        if not self.answer.value:
            self.answer.errors.append(_("Please choose an answer."))
        read_line(self.rank, request.form.get("rank", ""), most=LONGEST_LINE)
        rank = read_number(self.rank.value, most=LAST_RANK) if self.rank.value else None
        if self.rank.value and not rank:
            sentence = _("Please enter a number from 1 to %(most)d.", most=LAST_RANK)
            self.rank.errors.append(sentence)
        read_text(self.reason, request.form.get("reason", ""), most=LONGEST_REASON)
        is_reserve = chosen is State.RESERVE
        self.choice = Choice(chosen, rank if is_reserve else None, self.reason.value)
        return not self.errors


def course_applications() -> str:
    """Show all applications, and what is chosen for them."""
    require_course()
    return _list(_form())


def choose_applications() -> ResponseReturnValue:
    """Note an answer for those that are ticked; nobody is told yet."""
    require_course()
    form = _form()
    sent = request.form.getlist("application")[:MOST_TICKED]
    form.ticked = [number for each in sent if (number := read_id(each)) is not None]
    form.seen = {
        number: request.form.get(f"seen-{number}", "")[:LONGEST_SEEN] for number in form.ticked
    }
    if not form.ticked:
        form.obstacles.append(_("Please tick at least one application."))
    if not form.read():
        return _list(form), REFUSED
    choices = dict.fromkeys(form.ticked, form.choice)
    if form.choice.state is State.RESERVE:
        choices = _ranked(form)
    try:
        number = answering.choose(
            access.workspace().id,
            choices,
            seen=form.seen,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _list(form, refusal), LATE
    return frame.done(_noted(number), LIST)


def course_application(application_id: int) -> ResponseReturnValue:
    """Show one application, or note the answer to it; nobody is told yet."""
    require_course()
    found = get(application_id)
    form = _form(found)
    if request.method == "GET":
        return _one(found, form)
    form.seen = {found.id: request.form.get("seen", "")[:LONGEST_SEEN]}
    if not form.read():
        return _one(found, form), REFUSED
    try:
        number = answering.choose(
            access.workspace().id,
            {found.id: form.choice},
            seen=form.seen,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _one(get(application_id), form, refusal), LATE
    return frame.done(_noted(number), LIST)


def answer_applications() -> ResponseReturnValue:
    """Show what is answered to whom, and how many mails go; or send them."""
    require_course()
    if request.method == "GET":
        return _ask()
    now = clock.now()
    try:
        sent = answering.send(
            access.workspace().id,
            seen=request.form.get("seen", "")[:LONGEST_SEEN],
            actor=access.actor(),
            now=now,
        )
    except Refused as refusal:
        return _ask(refusal), LATE
    return frame.done(_done(sent), LIST, at=now)


def accept_next(application_id: int) -> ResponseReturnValue:
    """Accept who is next on the reserve list."""
    require_course()
    get(application_id)
    now = clock.now()
    try:
        sent = answering.accept_next(
            access.workspace().id,
            application_id,
            seen=request.form.get("seen", "")[:LONGEST_SEEN],
            actor=access.actor(),
            now=now,
        )
    except Refused as refusal:
        return _list(_form(), refusal), LATE
    return frame.done(_done(sent), LIST, at=now)


def get(application_id: int) -> Application:
    """Return an application of this course, or a 404."""
    return queries.find(access.workspace().id, application_id) or abort(404)


def _form(found: Application | None = None) -> ChoiceForm:
    form = ChoiceForm(
        Entry("answer", _("Answer"), required=True),
        Entry("rank", _("Place on the reserve list")),
        Entry("reason", _("Words for the email")),
    )
    if found is not None:
        form.answer.value = str(found.chosen or UNDECIDED)
        form.rank.value, form.reason.value = str(found.rank or ""), found.reason
    return form


def _ranked(form: ChoiceForm) -> dict[int, Choice]:
    """Return the choice for each with a rank of its own, behind those who have one, or from it."""
    listed = queries.listed(access.workspace().id)
    others = [each.rank or 0 for each in listed if each.id not in form.ticked]
    first = form.choice.rank or max(others, default=0) + 1
    order = [each.id for each in listed if each.id in form.ticked]
    order += [each for each in form.ticked if each not in order]
    return {
        number: Choice(State.RESERVE, min(rank, LAST_RANK), form.choice.reason)
        for rank, number in enumerate(order, start=first)
    }


def _choices(found: Application | None = None) -> list[tuple[str, str]]:
    """Return what can be answered: to one, or to several of which each is looked at."""
    possible = ANSWERS[found.state] if found else ANSWERS[State.NEW]
    words = {
        State.ACCEPTED: pgettext("course application", "Accept"),
        State.RESERVE: _("Reserve list"),
        State.DECLINED: pgettext("course application", "Decline"),
    }
    named = [(str(each), said) for each, said in words.items() if each in possible]
    return [*named, (UNDECIDED, _("Not decided yet"))]


def _free() -> int | None:
    return workspaces.get_workspace(access.workspace().id).places.left


def _outgoing(chosen: Answers) -> Outgoing:
    return foreseeing.foresee(access.workspace(), chosen, now=clock.now())


def _noted(number: int) -> str:
    if not number:
        return _("Nothing was changed.")
    return ngettext(
        "The answer to %(num)d application is noted. Nobody has been told yet.",
        "The answers to %(num)d applications are noted. Nobody has been told yet.",
        number,
    )


def _done(sent: Sent) -> str:
    said = ngettext(
        "%(num)d application is answered.", "%(num)d applications are answered.", sent.answered
    )
    if sent.placed:
        said += " " + ngettext(
            "%(num)d person is registered now.", "%(num)d people are registered now.", sent.placed
        )
    if sent.waiting:
        said += " " + ngettext(
            "%(num)d person is on the reserve list of their municipality.",
            "%(num)d people are on the reserve list of their municipality.",
            sent.waiting,
        )
    return said


def _list(form: ChoiceForm, refusal: Refused | None = None) -> str:
    workspace, free = access.workspace(), _free()
    listed = queries.listed(workspace.id)
    following = next_to_accept(listed, free)
    chosen = answers(listed)
    return frame.page(
        "course_applications.html",
        current="settings",
        listed=listed,
        call=queries.find_call(workspace.id),
        ranks={each.id: rank for rank, each in enumerate(reserve(listed), start=1)},
        free=free,
        following=following,
        next_goes=_outgoing(as_next(following)) if following else None,
        chosen=chosen,
        goes=_outgoing(chosen),
        twice=applied_twice(listed),
        State=State,
        counts={each: sum(a.state is each for a in listed) for each in State},
        form=form,
        choices=_choices(),
        badge_of=state_of,
        **refusals.box(refusal or form.errors, workspace.zone),
    )


def organisation() -> Entry:
    """Return the entry for which organisation of the register it is."""
    return Entry("organisation", _("Organisation of the register"), required=True)


def show(found: Application, refusal: Refused | None = None, *, entry: Entry | None = None) -> str:
    """Show an application beside what was typed of its organisation."""
    return _one(found, _form(found), refusal, entry=entry)


def _one(
    found: Application,
    form: ChoiceForm,
    refusal: Refused | None = None,
    *,
    entry: Entry | None = None,
) -> str:
    errors = [*form.errors, *(told(entry) if entry else ())]
    return frame.page(
        "course_application.html",
        current="settings",
        application=found,
        form=form,
        choices=_choices(found),
        entry=entry or organisation(),
        may_register=access.may_in_network(NetworkRight.EDIT_REGISTER),
        can_answer=bool(ANSWERS[found.state]),
        State=State,
        badge_of=state_of,
        **refusals.box(refusal or errors, access.workspace().zone),
    )


def _ask(refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    chosen, free = answers(queries.listed(workspace.id)), _free()
    return frame.page(
        "course_answers.html",
        current="settings",
        chosen=chosen,
        goes=_outgoing(chosen),
        free=free,
        State=State,
        badge_of=state_of,
        **refusals.box(refusal or [], workspace.zone),
    )
