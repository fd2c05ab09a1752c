"""Who comes to somebody's own workshops: behind the personal link and a code by mail."""

from flask import abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import tokens
from congress.domain.access import CONTRIBUTOR
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.feedback.counting import Sums
from congress.domain.feedback.survey import Part as SurveyPart
from congress.domain.planning.contributors import Part
from congress.domain.planning.partners import (
    READABLE_AFTER,
    own_workshops,
    readable_workshops,
    trains,
)
from congress.domain.programme import TRAINER
from congress.formats import print_places
from congress.queries import congresses, on_paper, programme, workshop_presence
from congress.queries import feedback as queries
from congress.queries.planning import contributors, partners
from congress.queries.planning.contributors import Opened
from congress.services import handing_out, partner_logins
from congress.services.handing_out import NAMES, HandOut, Sheets
from congress.web import handed_out, languages, refusals
from congress.web.entries import Entry, told
from congress.web.feedback_results import Result, result_of
from congress.web.languages import gettext as _
from congress.web.registration.occasion import occasion

SECRET, ASKED = "partner", "partner_code"
REFUSED, TOO_MANY = 422, 429


def ask_for_code(token: str) -> ResponseReturnValue:
    """Show the button that sends a code, and the field for it; log in whoever has it."""
    opened = contributors.find_by_token(token) or abort(404)
    if not (is_trainer(opened) or readable(opened)):
        abort(404)
    code = Entry("code", _("Code from the email"), required=True)
    if request.method == "GET":
        return _forward(opened, token) if is_in(opened) else _ask(opened, token, code)
    if request.form.get("step") == "send":
        return _send(opened, token, code)
    typed = "".join(request.form.get("code", "").split())
    secret = partner_logins.enter(
        session.get(ASKED, 0), opened.contributor_id, typed, now=clock.now()
    )
    if secret is None:
        code.errors.append(_("This code is not correct or no longer valid."))
        return _ask(opened, token, code), REFUSED
    session.pop(ASKED, None)
    session[SECRET] = secret
    return _forward(opened, token)


def workshop(token: str, code: str) -> ResponseReturnValue:
    """Show the people of one's own workshop; any other is as unknown as one that is not."""
    opened, parts = open_readable(token)
    part = next((each for each in parts if each.code == code), None) or abort(404)
    if not is_in(opened):
        return redirect(languages.link(f"/contribution/{token}/login"), code=303)
    congress = congresses.get_congress(opened.congress_id)
    return render_template(
        "contribution/workshop.html",
        congress=congress,
        occasion=occasion(congress),
        is_draft=congress.state is CongressState.DRAFT,
        dates=languages.dates(congress.zone),
        until=congress.ends_at + READABLE_AFTER,
        token=token,
        part=part,
        others=[each for each in parts if each is not part],
        found=partners.participants(part.item_id),
        there=workshop_presence.of_item(congress.id, part.item_id),
        feedback=_feedback(congress, part),
    )


def own_places(token: str, code: str) -> ResponseReturnValue:
    """Hand out who has a place in one's own workshop as a list to print (GDPR-10)."""
    opened, parts = open_readable(token)
    part = next((each for each in parts if each.code == code), None) or abort(404)
    if not is_in(opened):
        return redirect(languages.link(f"/contribution/{token}/login"), code=303)
    congress, now = congresses.get_congress(opened.congress_id), clock.now()
    item = programme.find_item(congress.id, code) or abort(404)
    people = on_paper.in_item(congress.id, part.item_id)
    printed = print_places.printed(congress, item, people, language=languages.current(), now=now)
    what = HandOut(Sheets.PLACES, printed, len(people), NAMES, item_id=part.item_id, part=part.code)
    done = handing_out.hand_out(congress.id, what, actor=CONTRIBUTOR, now=now)
    return handed_out.made(done)


def _feedback(congress: Congress, part: Part) -> Result | None:
    """Return what people said of a workshop, where organisers show it and enough have answered."""
    survey = queries.survey_of(congress.id)
    if not survey.is_shared:
        return None
    sums = queries.sums_of(congress.id).get(part.item_id, Sums())
    found = result_of(languages.text(part.title), survey.of_part(SurveyPart.WORKSHOP), sums)
    return found if found.is_shown else None


def log_out(token: str) -> ResponseReturnValue:
    """End the login, for every copy of its cookie."""
    contributors.find_by_token(token) or abort(404)
    if secret := session.pop(SECRET, ""):
        partner_logins.end(secret)
    return redirect(languages.link(f"/contribution/{token}"), code=303)


def carried(opened: Opened) -> tuple[Part, ...]:
    """Return the workshops of which somebody tells what the room needs and what came of them."""
    congress = congresses.get_congress(opened.congress_id)
    return own_workshops(
        opened.person.parts, congress.state, ends_at=congress.ends_at, now=clock.now()
    )


def readable(opened: Opened) -> tuple[Part, ...]:
    """Return the workshops whose people somebody may see, once logged in."""
    congress = congresses.get_congress(opened.congress_id)
    return readable_workshops(
        opened.person.parts,
        congress.state,
        named=partners.named_in(congress.id, opened.person.name),
        ends_at=congress.ends_at,
        now=clock.now(),
    )


def open_readable(token: str) -> tuple[Opened, tuple[Part, ...]]:
    """Return what a link opens, and the workshops it says whose people come; else it is a 404."""
    opened = contributors.find_by_token(token) or abort(404)
    return opened, readable(opened) or abort(404)


def is_trainer(opened: Opened) -> bool:
    """Return whether somebody leads the training course, and sees who takes part in it."""
    congress = congresses.get_congress(opened.congress_id)
    return trains(
        opened.person.parts,
        congress.state,
        named=partners.named_in(congress.id, opened.person.name, TRAINER),
        is_course=congress.is_course,
        ends_at=congress.ends_at,
        now=clock.now(),
    )


def is_in(opened: Opened) -> bool:
    """Whether somebody has logged in with a code, and the login lasts."""
    secret = session.get(SECRET, "")
    digest = tokens.digest(secret)
    return bool(secret) and partners.find_login(digest, opened.contributor_id, now=clock.now())


def _forward(opened: Opened, token: str) -> ResponseReturnValue:
    here = f"/contribution/{token}"
    if is_trainer(opened):
        return redirect(languages.link(f"{here}/course"), code=303)
    return redirect(languages.link(f"{here}/workshops/{readable(opened)[0].code}"), code=303)


def _send(opened: Opened, token: str, code: Entry) -> ResponseReturnValue:
    try:
        session[ASKED] = partner_logins.ask(opened.contributor_id, now=clock.now())
    except Refused as refusal:
        return _ask(opened, token, code, refusal), TOO_MANY
    return redirect(languages.link(f"/contribution/{token}/login"), code=303)


def _ask(opened: Opened, token: str, code: Entry, refusal: Refused | None = None) -> str:
    congress = congresses.get_congress(opened.congress_id)
    return render_template(
        "contribution/login.html",
        congress=congress,
        occasion=occasion(congress),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        email=opened.person.email,
        was_sent=ASKED in session,
        code=code,
        errors=told(code),
        refused=refusals.text(refusal) if refusal else "",
    )
