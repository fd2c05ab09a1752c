"""The registration form, the page for who is registered already, and "send my link again"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.approval import Approval
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.fields import COLUMNS
from congress.domain.hall import CONGRESS, NOBODY, Person
from congress.domain.invitations import Guest, Invitation
from congress.domain.programme import ProgrammeItem
from congress.domain.registration_request import Details
from congress.queries import congresses, contingents
from congress.services import registering
from congress.web import languages, refusals
from congress.web.entries import Entry, read_address, read_line
from congress.web.languages import gettext as _
from congress.web.registration import (
    cards,
    choice_words,
    form_tokens,
    notices,
    ranking_words,
    reasons,
)
from congress.web.registration.cards import Card
from congress.web.registration.form_tokens import Age, FormToken
from congress.web.registration.forms import (
    NOTHING,
    RegistrationForm,
    SlotChoice,
    registration_form,
)
from congress.web.registration.obstacles import TRAP, Obstacle
from congress.web.registration.occasion import ASKING, OPEN, Door, Occasion, door, occasion
from congress.web.registration.ranking_form import RankedChoice
from congress.web.registration.typed import typed_form

REFUSED = 422
# A choice, what is shown of it, and what can be held meanwhile; None where it is ranked.
Shown = (
    tuple[SlotChoice, list[Card], list[tuple[str, str]]]
    | tuple[RankedChoice, ranking_words.Cards, None]
)
LONGEST_ORGANISATION = 200


def register(slug: str) -> ResponseReturnValue:
    """Show the form, or take it and lead to one's own page."""
    return at_door(slug, None)


def at_door(slug: str, invitation: Invitation | None) -> ResponseReturnValue:
    """Show the form, or take it, for everybody or for whoever comes by an invitation."""
    if request.method == "POST":
        token = form_tokens.hold(request.form.get("form_token", ""), slug)
        return _take(slug, token, invitation)
    congress, items = congresses.find_open(slug) or abort(404)
    now = clock.now()
    comer = invitation.comer if invitation else NOBODY
    state = door(congress, now, comer)
    if state not in OPEN:
        why = reasons.why_not(congress, now, comer=comer)
        return _plain_page(
            "registration/shut.html",
            congress,
            state=state.name,
            why=why,
            is_awaited=reasons.is_awaited(congress, now),
        )
    token = form_tokens.issue(slug, now=now)
    known = known_of(invitation.guest) if invitation else _named_in_address()
    has_files = invitation is not None
    form = registration_form(congress, items, token, known, now=now, with_files=has_files)
    return _page(congress, items, form, state, invitation)


def _named_in_address() -> Details | None:
    """Return the organisation that a link fills in, as a contact person's own view has it."""
    said = Entry("organisation", "")
    read_line(said, request.args.get("organisation", ""), most=LONGEST_ORGANISATION)
    return Details.of({"organisation": said.value}) if said.value and not said.errors else None


def known_of(guest: Guest) -> Details:
    """Return what is known of whoever comes; an organisation names its people itself."""
    names = ("organisation",) if guest.is_organisation else COLUMNS
    return Details.of({name: getattr(guest, name) for name in names})


def _take(slug: str, token: FormToken, invitation: Invitation | None) -> ResponseReturnValue:
    """Take a form that was sent; whatever stands against it, everything typed is kept."""
    found = congresses.find_open(slug)
    if found is None:
        return _withheld(token)
    congress, items = found
    now = clock.now()
    has_files = invitation is not None
    form = registration_form(congress, items, token, now=now, with_files=has_files)
    form.questions.sent = request.files
    if form.read(request.form):
        wanted = form.to_request(languages.current())
        if invitation is not None:
            wanted = replace(wanted, invitation_id=invitation.id)
        try:
            registered = registering.register(congress.id, wanted, now=now)
        except Refused as refusal:
            zone = congress.zone
            reason = refusals.reason(refusal, zone)
            form.obstacles.append(Obstacle(refusals.heading(refusal, zone), reason))
            # Read again: what shut the door may have happened since.
            heading = congresses.find_public(slug)
            if heading is None:
                return _withheld(token)
            congress = congresses.with_content(heading)
        else:
            done = notices.REPAIRED if form.person.is_repaired else None
            done = notices.SAME_FORM if registered.is_other else done
            return redirect(languages.link(_next_page(slug, registered.token, done)), code=303)
    state = door(congress, now, invitation.comer if invitation else NOBODY)
    form.questions.forget_files()
    return _page(congress, items, form, state, invitation), REFUSED


def _withheld(token: FormToken) -> ResponseReturnValue:
    """Give back what was typed for a congress that is public no longer, and say nothing of it.

    Only the mark of a form that was handed out tells that it ever was.
    """
    if token.age is Age.UNKNOWN:
        abort(404)
    page = render_template(
        "registration/withheld.html",
        form=typed_form(request.form, token),
        trap=TRAP,
        language_links=(),  # they would leave what was typed behind
    )
    return page, REFUSED


def _next_page(slug: str, token: str | None, done: str | None) -> str:
    if token is None:
        return url_for(".registered", slug=slug)
    return url_for(".own_page", token=token, done=done)


def _page(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    form: RegistrationForm,
    state: Door,
    invitation: Invitation | None,
) -> str:
    words, now = occasion(congress), clock.now()
    shown = [item for choice in form.slots for item in choice.slot.workshops]
    closed = reasons.why_not_chosen(congress, now, shown)
    comer = invitation.comer if invitation else NOBODY
    return render_template(
        "registration/register.html",
        congress=congress,
        occasion=words,
        form=form,
        shut=None if state in OPEN else state.name,
        errors=form.errors if state in OPEN else [],
        trap=TRAP,
        waits=state is Door.WAITING_LIST,
        asks=state.name if state in ASKING else None,
        holds=congress.rules.approval is Approval.HELD,
        why=None if state in OPEN else reasons.why_not(congress, now, comer=comer),
        stays_open=congress.period.is_open_for_changes(now),
        invitation=invitation,
        ahead=cards.people_ahead(congress.places.waiting),
        modes=_modes(congress, comer) if form.mode.is_shown else (),
        is_awaited=False,  # what was typed waits here for the opening
        has_begun=reasons.has_begun(congress, now),
        choice_words=choice_words,
        ranking_words=ranking_words,
        slots=_slots(congress, items, form, words, closed),
    )


def _modes(congress: Congress, comer: Person) -> list[Card]:
    hall = contingents.hall_for(comer, congress, now=clock.now())
    return cards.mode_cards(congress, is_held=hall.is_held_for(comer, CONGRESS))


def _slots(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    form: RegistrationForm,
    words: Occasion,
    closed: Mapping[int, str],
) -> list[Shown]:
    """Return every choice as the programme has them: to take a place in, or to rank."""
    shown: list[Shown] = [
        (choice, _cards(choice, items, words, closed), cards.safe_options(choice))
        for choice in form.slots
    ]
    ranked = ranking_words.of_form(form.rankings, congress, items, words)
    shown += [(choice, rows, None) for choice, rows in ranked]
    return sorted(shown, key=lambda each: each[0].number)


def _cards(
    choice: SlotChoice,
    items: Sequence[ProgrammeItem],
    words: Occasion,
    closed: Mapping[int, str],
) -> list[Card]:
    opens_safe = bool(choice.safe_items)
    offered = [
        cards.card(
            item,
            words.own_time(item, choice.slot),
            opens_safe=opens_safe,
            why_not=closed.get(item.id, ""),
            also=cards.same_as(item, items, words),
        )
        for item in choice.slot.workshops
    ]
    if choice_words.is_yes_or_no(choice.slot):
        offered = [cards.yes(each) for each in offered if not each.is_off]
    return [*offered, Card(NOTHING, choice_words.nothing(choice.slot))]


def registered(slug: str) -> str:
    """Say the same to everybody who is registered already: look into your mails."""
    return _plain_page("registration/registered.html", public_congress(slug))


def resend_link(slug: str) -> ResponseReturnValue:
    """Send the links of an address again; the answer is the same whether it is known or not."""
    congress = public_congress(slug)
    email = Entry("email", _("Email"), required=True)
    if request.method == "POST":
        is_demo = extensions.settings().is_demo
        address = read_address(email, request.form.get("email", ""), is_demo=is_demo)
        if not email.errors:
            registering.resend_link(congress.id, address, now=clock.now())
            return redirect(languages.link(url_for(".link_sent", slug=slug)), code=303)
    errors = [(email.id, sentence) for sentence in email.errors]
    page = _plain_page("registration/resend_link.html", congress, email=email, errors=errors)
    return (page, REFUSED) if errors else page


def link_sent(slug: str) -> str:
    """Say that a mail comes to whoever is registered."""
    return _plain_page("registration/link_sent.html", public_congress(slug))


def _plain_page(template: str, congress: Congress, **more: object) -> str:
    return render_template(
        template,
        congress=congress,
        occasion=occasion(congress),
        is_on=door(congress, clock.now()) not in (Door.CANCELLED, Door.OVER),
        **more,
    )


def public_congress(slug: str) -> Congress:
    """Return a congress that visitors may see, with its places as they are now."""
    return congresses.with_content(congresses.find_public(slug) or abort(404))
