"""Taking a place over from a colleague: behind the link in the mail, with details of one's own.

Programs that look into mails open links (SEC-12); only the form takes anything over. The address
is the one that the link went to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import conditions, modules
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall
from congress.domain.handing_over import HandOverLinkOver
from congress.domain.people import fold_email
from congress.domain.registration_request import Details, RegistrationRequest, WishedWorkshop
from congress.domain.standing import Standing
from congress.domain.tokens import TokenPurpose
from congress.queries import congresses, groups, hand_overs, registrations, wishes
from congress.queries.hand_overs import AskedHandOver, Taken
from congress.queries.registrations import Opened
from congress.services import handing_over, tokens
from congress.web import languages, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.mode_words import MODES
from congress.web.refusals import Errors
from congress.web.registration import cards
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.forms import (
    LONGEST_QUESTION,
    RegistrationForm,
    registration_form,
)
from congress.web.registration.naming import EMAIL
from congress.web.registration.occasion import occasion
from congress.web.registration.person import person_form, refuse_web_address
from congress.web.registration.question_picks import Limits
from congress.web.registration.questions_form import questions_form
from congress.web.registration.register import REFUSED
from congress.web.registration.typed import typed_form

GONE = 404


@dataclass
class TakingOverForm(RegistrationForm):
    """A form without a choice: instead of it a question for each workshop that is handed over."""

    taken: dict[int, Entry] = field(default_factory=dict)  # what to ask there, by workshop
    codes: frozenset[str] = frozenset()

    @property
    def chosen(self) -> set[str]:
        """The workshops that are handed over, by their codes."""
        return set(self.codes)

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over what was sent; returns whether it can be worked with."""
        for entry in self.taken.values():
            read_text(entry, posted.get(entry.name, ""), most=LONGEST_QUESTION)
            refuse_web_address(entry)
        return super().read(posted)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence."""
        return [*super().errors, *(error for each in self.taken.values() for error in told(each))]

    def to_request(self, language: str) -> RegistrationRequest:
        """Return the checked contents; the address is known by the link."""
        asks = self.taken.items()
        wishes = (WishedWorkshop(number, question=entry.value) for number, entry in asks)
        return replace(super().to_request(language), choices=tuple(wishes))


def take_over(token: str) -> ResponseReturnValue:
    """Show what is handed over with a form, or take it over; a GET changes nothing."""
    now = clock.now()
    asked = hand_overs.find(token, now=now)
    if asked is None:
        taken = hand_overs.find_taken(token)
        return _taken(taken, token) if taken else _over()
    gone = registrations.get_opened(asked.registration_id)
    if gone.congress.state is CongressState.DRAFT:
        abort(404)
    form = _form(gone, asked)
    if request.method == "GET":
        return _page(gone, asked, form, [], token)
    if not form.read(request.form):
        return _page(gone, asked, form, form.errors, token), REFUSED
    try:
        own = handing_over.accept(token, form.to_request(languages.current()), now=now) or abort(
            404
        )
    except HandOverLinkOver:
        return _over()
    except Refused as refusal:
        gone = registrations.get_opened(asked.registration_id)
        return _page(gone, asked, form, refusal, token), REFUSED
    return redirect(languages.link(url_for(".own_page", token=own)), code=303)


def _taken(taken: Taken, token: str) -> ResponseReturnValue:
    """Say that it is theirs already; the button leads to the own page, as a link would be kept."""
    if request.method == "POST":
        own = tokens.token_for(taken.registration_id, TokenPurpose.MANAGE) or abort(404)
        return redirect(languages.link(url_for(".own_page", token=own)), code=303)
    congress = congresses.with_content(congresses.find_public(taken.slug) or abort(404))
    return render_template(
        "registration/taken_over.html", congress=congress, occasion=occasion(congress), token=token
    )


def _over() -> ResponseReturnValue:
    refusal = HandOverLinkOver()
    page = render_template(
        "registration/hand_over_over.html",
        heading=refusals.heading(refusal),
        reason=refusals.reason(refusal),
        typed=_typed() if request.method == "POST" else (),
    )
    return page, GONE


def _typed() -> list[Entry]:
    """Return what was sent of a form whose link has ended meanwhile."""
    entries = typed_form(request.form, FormToken("", "")).person.entries.values()
    asked = (
        Entry(name, _("Question") if name.startswith("question-") else _("Answer"), value)
        for name, value in request.form.items()
        if name.startswith(("question-", "ask-"))
    )
    return [each for each in (*entries, *asked) if each.value]


def _form(gone: Opened, asked: AskedHandOver) -> TakingOverForm:
    congress, standing = gone.congress, gone.registration.standing
    items = [each.item for each in standing.bookings if not each.item.face.cancelled]
    form = registration_form(congress, (), FormToken("", ""), now=clock.now())
    known = {
        "given_name": asked.given_name,
        "family_name": asked.family_name,
        "organisation": gone.registration.person.organisation,
    }
    form.person = person_form(congress, Details.of(known))
    form.person.entries = {
        each: entry for each, entry in form.person.entries.items() if each.name != EMAIL
    }
    limits = Limits(congress, given_up=gone.registration.answers)
    form.questions = questions_form(congress, items, limits=limits)
    form.mode.is_asked = False
    return TakingOverForm(
        **vars(form),
        taken={
            each.id: Entry(f"question-{each.code}", _question(each.number))
            for each in items
            if each.is_workshop
        },
        codes=frozenset(each.code for each in items),
    )


def _question(number: int | None) -> str:
    if number is None:
        return _("Your question to the dialogue partners")
    return _("Your question to the dialogue partners of workshop %(number)d", number=number)


def _page(
    gone: Opened, asked: AskedHandOver, form: TakingOverForm, wrong: Errors | Refused, token: str
) -> str:
    congress, standing = gone.congress, gone.registration.standing
    hall = Hall.of(congress, gone.items, now=clock.now())
    shut = conditions.first_reason(conditions.HANDING_OVER, hall, standing.person, CONGRESS)
    return render_template(
        "registration/take_over.html",
        congress=congress,
        occasion=occasion(congress),
        asked=asked,
        from_whom=standing.name,
        contact=_contact(gone, asked),
        standing=standing,
        mode=MODES[standing.mode] if congress.rules.is_hybrid else "",
        places=_places(standing, congress),
        has_wishes=wishes.still_count(congress, standing),
        form=form,
        modules_held=len(modules.begun(congress, hall.now)),
        shut=refusals.heading(shut, congress.zone) if shut else "",
        token=token,
        **refusals.box(wrong, congress.zone),
    )


def _contact(gone: Opened, asked: AskedHandOver) -> str:
    """Return who will see and change the places of whoever accepts, if somebody does."""
    group = groups.find_by_id(gone.registration.group_id)
    if group is None or group.contact.email_key == fold_email(asked.email):
        return ""
    return group.contact.name


def _places(standing: Standing, congress: Congress) -> list[tuple[str, str, str]]:
    """Return each workshop that is handed over: whether a queue, its name, when and where."""
    words = occasion(congress)
    return [
        (
            _("Waiting list, position %(number)d", number=each.position)
            if each.position
            else _("Waiting list")
            if each in standing.waiting
            else languages.kind_of(each.item),
            cards.full_name(each.item),
            words.times(each.item.slot),
        )
        for each in standing.bookings
        if not each.item.face.cancelled
    ]
