"""Applications for membership at the office: the list, one of them, and the answer."""

from dataclasses import dataclass, field
from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.applications import (
    LONGEST_ANSWER,
    Application,
    ApplicationState,
    ConditionsMissing,
)
from congress.domain.network.conditions import Condition, missing
from congress.queries.network import applications as queries
from congress.queries.network import register
from congress.services.network import answering
from congress.services.network.answering import Answer
from congress.web import access, refusals
from congress.web.contribution.photo_form import private
from congress.web.entries import Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.network import membership_words
from congress.web.network.apply import state_of
from congress.web.network.frame import NETWORK, dates, done, page, today, zone
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of

REFUSED, LATE = 422, 409
PER_PAGE, LAST_PAGE = 50, 100_000
LONGEST_NAME, LONGEST_DAY, LONGEST_SEEN = 200, 40, 100
LIST = "/applications"


@dataclass
class AnswerForm:
    """What is decided, as typed: from when on, or why not; `seen` is what was read."""

    seen: str
    words: Entry
    member_from: Entry | None = None
    sure_of: frozenset[Condition] = frozenset()
    missing: tuple[Condition, ...] = ()
    day: date | None = field(default=None)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        first = told(self.member_from) if self.member_from else []
        return [*first, *told(self.words)]

    def read(self) -> bool:
        """Take over what was sent; returns whether it can be worked with."""
        self.seen = request.form.get("seen", "")[:LONGEST_SEEN]
        read_text(self.words, request.form.get("words", ""), most=LONGEST_ANSWER)
        if self.words.required and not self.words.value and not self.words.errors:
            self.words.errors.append(_("Please say why, so that they can mend it."))
        if self.member_from is not None:
            sentence = _("Please enter the day, for example 21.10.2015.")
            typed = request.form.get("member_from", "")
            read_line(self.member_from, typed, most=LONGEST_DAY, missing=sentence)
            self.day = day_of(self.member_from) if not self.member_from.errors else None
        said = request.form.get("sure", "")[:LONGEST_SEEN].split()
        self.sure_of = frozenset(each for each in Condition if each in said)
        return not self.errors


def applications() -> str:
    """Show the applications, those first that wait for an answer."""
    chosen = member(ApplicationState, request.args.get("state", ""))
    states = frozenset({chosen}) if chosen else frozenset(ApplicationState)
    counts = queries.counts()
    total = sum(counts[each] for each in states)
    last = max(1, -(-total // PER_PAGE))
    number = min(read_number(request.args.get("page", ""), most=LAST_PAGE) or 1, last)
    start = (number - 1) * PER_PAGE
    return page(
        "applications.html",
        current="applications",
        listed=queries.listed(states, limit=PER_PAGE, offset=start),
        views=[("", _("All"), sum(counts.values()))]
        + [(str(each), state_of(each)[1], counts[each]) for each in ApplicationState],
        state=str(chosen or ""),
        badge_of=state_of,
        missing=missing,
        total=total,
        first=start + 1,
        page=number,
        last_page=last,
    )


def one_application(application_id: int) -> str:
    """Show one application."""
    return _show(_get(application_id))


def match_application(application_id: int) -> ResponseReturnValue:
    """Say which organisation of the register it is about."""
    found, entry = _get(application_id), _organisation()
    missing_name = _("Please enter the name of an organisation of the register.")
    typed = request.form.get(entry.name, "")
    read_line(entry, typed, most=LONGEST_NAME, missing=missing_name)
    named = register.find_named(entry.value) if entry.value and not entry.errors else None
    if named is None:
        if not entry.errors:
            entry.errors.append(_("The register has no organisation of this name."))
        return _show(found, entry=entry), REFUSED
    try:
        answering.match(
            found.id,
            named.id,
            seen=_seen(),
            day=_day_of(found),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(_get(application_id), entry=entry, refusal=refusal), LATE
    return done(_("The application is about %(name)s.", name=named.name), f"{LIST}/{found.id}")


def register_applicant(application_id: int) -> ResponseReturnValue:
    """Put the organisation as it was typed into the register."""
    found = _get(application_id)
    try:
        answering.register(
            found.id, seen=_seen(), day=_day_of(found), actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(_get(application_id), refusal=refusal), LATE
    sentence = _("%(name)s is in the register now.", name=found.organisation)
    return done(sentence, f"{LIST}/{found.id}")


def accept_application(application_id: int) -> ResponseReturnValue:
    """Ask from when on it becomes a member, and let it be one."""
    found = _get(application_id)
    form = AnswerForm(
        found.version,
        Entry("words", _("A word to go with it")),
        Entry("member_from", _("Member from"), f"{today():%d.%m.%Y}", required=True),
        missing=missing(found.checks),
    )
    if request.method == "GET":
        return _form("accept_application.html", found, form)
    if not form.read() or form.day is None:
        return _form("accept_application.html", found, form), REFUSED
    try:
        answering.accept(
            found.id,
            Answer(form.seen, form.words.value),
            form.day,
            sure_of=form.sure_of,
            today=today(),
            actor=access.actor(),
            now=clock.now(),
        )
    except ConditionsMissing as refusal:
        form.missing = refusal.conditions
        return _form("accept_application.html", found, form, refusal=refusal), LATE
    except Refused as refusal:
        return _again("accept_application.html", application_id, form, refusal), LATE
    sentence = _("%(name)s is a member of the network, and knows it by email.", name=found.called)
    return done(sentence, f"{LIST}/{found.id}")


def decline_application(application_id: int) -> ResponseReturnValue:
    """Ask for the reason, and say no."""
    found = _get(application_id)
    form = AnswerForm(found.version, Entry("words", _("Reason"), required=True))
    if request.method == "GET":
        return _form("decline_application.html", found, form)
    if not form.read():
        return _form("decline_application.html", found, form), REFUSED
    answer = Answer(form.seen, form.words.value)
    try:
        answering.decline(found.id, answer, today=today(), actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _again("decline_application.html", application_id, form, refusal), LATE
    return done(_("The application is declined. An email says so."), f"{LIST}/{found.id}")


def application_document(application_id: int) -> Response:
    """Hand out the document of an application, to be saved; the log says who read it."""
    file = answering.hand_out(application_id, actor=access.actor(), now=clock.now()) or abort(404)
    response = private(file.content, file.media_type)
    disposition = dump_options_header("attachment", {"filename": file.name})
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "no-store"
    return response


def _get(application_id: int) -> Application:
    return queries.find(application_id) or abort(404)


def _seen() -> str:
    return request.form.get("seen", "")[:LONGEST_SEEN]


def _day_of(found: Application) -> date:
    """Return the day on which an application came."""
    return found.created_at.astimezone(zone()).date()


def _organisation() -> Entry:
    return Entry("organisation", _("Organisation of the register"), required=True)


def _again(template: str, application_id: int, form: AnswerForm, refusal: Refused) -> str:
    """Show what was typed beside the application as it is now."""
    found = _get(application_id)
    form.seen, form.missing = found.version, missing(found.checks)
    return _form(template, found, form, refusal=refusal)


def _show(found: Application, *, entry: Entry | None = None, refusal: Refused | None = None) -> str:
    entry = entry or _organisation()
    return page(
        "application_office.html",
        current="applications",
        application=found,
        here=f"{_base()}/{found.id}",
        entry=entry,
        badge_of=state_of(found.state),
        missing=missing(found.checks),
        words=membership_words,
        moment=dates().moment,
        **refusals.box(refusal or told(entry), zone()),
    )


def _form(
    template: str, found: Application, form: AnswerForm, *, refusal: Refused | None = None
) -> str:
    return page(
        template,
        current="applications",
        application=found,
        here=f"{_base()}/{found.id}",
        form=form,
        words=membership_words,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )


def _base() -> str:
    return f"{NETWORK}{LIST}"
