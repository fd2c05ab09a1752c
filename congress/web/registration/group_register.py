"""Registering a group, and adding people to one: the same form, with or without a contact."""

from collections.abc import Collection, Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.groups import GroupLinkOver
from congress.domain.programme import ProgrammeItem
from congress.queries import congresses, wishes
from congress.queries import groups as queries
from congress.queries.groups import Group
from congress.services import groups
from congress.web import languages, refusals
from congress.web.mode_words import MODES
from congress.web.registration import cards, choice_words, form_tokens, reasons
from congress.web.registration.form_tokens import Age
from congress.web.registration.forms import NOTHING, SlotChoice
from congress.web.registration.group_form import AT_FIRST, GroupForm, blocks_in, group_form
from congress.web.registration.obstacles import TRAP, Obstacle
from congress.web.registration.occasion import ASKING, OPEN, Door, door, occasion
from congress.web.registration.register import REFUSED
from congress.web.registration.typed import names_typed, typed_group

ONE_MORE = "add"  # a block, what the button says


def register_group(slug: str) -> ResponseReturnValue:
    """Show the form, with another block where somebody asks for it, or register a group."""
    found = congresses.find_open(slug)
    if found is None:
        return _withheld(slug)
    congress, items = found
    most = congress.rules.group_most
    if request.method == "POST":
        return _take(congress, items, most)
    if not most or door(congress, clock.now()) not in OPEN:
        return redirect(languages.link(f"/{slug}/register"), code=303)
    token = form_tokens.issue(slug, now=clock.now())
    return _page(congress, _blank(group_form(congress, items, token, people=AT_FIRST, most=most)))


def _take(congress: Congress, items: Sequence[ProgrammeItem], most: int) -> ResponseReturnValue:
    """Register the group of a form that was sent, or say what is wrong with it."""
    form, is_right = _sent(congress, items, most, has_contact=True)
    if not is_right:
        return _again(congress, form)
    language = languages.current()
    sent = groups.Sent(form.to_contact(language), form.together, form.token.key)
    people = [each.to_request(language) for each in form.filled]
    try:
        token_of_group = groups.register(congress.id, sent, people, now=clock.now())
    except Refused as refusal:
        form.obstacles.append(_obstacle(refusal, congress))
        return _page(congress, form), REFUSED
    if token_of_group is None:
        return redirect(languages.link(url_for(".registered", slug=congress.slug)), code=303)
    return redirect(languages.link(f"/group/{token_of_group}?done=registered"), code=303)


def add_to_group(token: str) -> ResponseReturnValue:
    """Show the form for more people, or register them with a group."""
    group = queries.find(token) or abort(404)
    found = congresses.find_open(group.slug)
    if found is None:
        return _withheld(group.slug)
    congress, items = found
    shown = queries.shown(group.id)
    most = group.left(congress.rules.group_most, shown)
    if request.method == "GET":
        if most <= 0 or door(congress, clock.now()) not in OPEN:
            return redirect(languages.link(f"/group/{token}"), code=303)
        mark = form_tokens.issue(group.slug, now=clock.now())
        form = group_form(congress, items, mark, people=1, most=most, has_contact=False)
        return _page(congress, _blank(form), group, token)
    form, is_right = _sent(congress, items, max(most, 1), has_contact=False)
    if not is_right:
        return _again(congress, form, group, token)
    people = [each.to_request(languages.current()) for each in form.filled]
    try:
        groups.add(token, people, form.token.key, now=clock.now())
    except GroupLinkOver:
        abort(404)
    except Refused as refusal:
        form.obstacles.append(_obstacle(refusal, congress))
        return _page(congress, form, group, token), REFUSED
    return redirect(languages.link(f"/group/{token}?done=registered"), code=303)


def _withheld(slug: str) -> ResponseReturnValue:
    """Give back what was typed for a congress that is public no longer, and say nothing of it.

    As in the form for one, only the mark of a form that was handed out tells that it ever was.
    """
    token = form_tokens.read(request.form.get("form_token", ""), slug, now=clock.now())
    if request.method != "POST" or token.age is Age.UNKNOWN:
        abort(404)
    page = render_template(
        "registration/withheld_group.html",
        form={"token": token, "choices": typed_group(request.form)},
        trap=TRAP,
        names=names_typed(request.form),
        language_links=(),  # they would leave what was typed behind
    )
    return page, REFUSED


def _sent(
    congress: Congress, items: Sequence[ProgrammeItem], most: int, *, has_contact: bool
) -> tuple[GroupForm, bool]:
    """Return the form as it was sent, and whether it is right and nothing else was asked for."""
    is_more = ONE_MORE in request.form
    count = blocks_in(request.form)
    mark = request.form.get("form_token", "")
    token = (
        form_tokens.read(mark, congress.slug, now=clock.now())
        if is_more
        else form_tokens.hold(mark, congress.slug)
    )
    form = group_form(
        congress,
        items,
        token,
        people=count + is_more,
        most=max(most, count),
        has_contact=has_contact,
    )
    form.most = most
    is_right = form.read(request.form)
    if is_more:
        form.grow()
    return form, is_right and not is_more


def _blank(form: GroupForm) -> GroupForm:
    for block in form.people:
        block.name_entries()
    return form


def _again(
    congress: Congress, form: GroupForm, group: Group | None = None, token: str = ""
) -> ResponseReturnValue:
    """Show a form again: with what is wrong, or with a block more."""
    page = _page(congress, form, group, token)
    return (page, REFUSED) if form.errors else page


def _obstacle(refusal: Refused, congress: Congress) -> Obstacle:
    """Say what stands in the way of the whole form, and of whom."""
    zone = congress.zone
    return Obstacle(refusals.heading(refusal, zone), refusals.reason(refusal, zone))


def _page(congress: Congress, form: GroupForm, group: Group | None = None, token: str = "") -> str:
    now = clock.now()
    state = door(congress, now)
    shown = [item for choice in form.people[0].slots for item in choice.slot.workshops]
    closed = reasons.why_not_chosen(congress, now, shown)
    return render_template(
        "registration/register_group.html",
        congress=congress,
        occasion=occasion(congress),
        form=form,
        errors=form.errors,
        trap=TRAP,
        one_more=ONE_MORE,
        group=group,
        token=token,
        waits=state is Door.WAITING_LIST,
        modes=_modes(congress),
        asks=state in ASKING,
        may_rank=now < congress.wishes_close_at,
        ranked=bool(wishes.taking_wishes(congress)),
        blocks=[(block, _slots(block.slots, closed)) for block in form.people],
    )


def _slots(
    choices: Sequence[SlotChoice], closed: Collection[int]
) -> list[tuple[SlotChoice, list[tuple[str, str]], list[tuple[str, str]]]]:
    """Return what one person can choose at each time, and what can be held while waiting."""
    return [(choice, _options(choice, closed), cards.safe_options(choice)) for choice in choices]


def _options(choice: SlotChoice, closed: Collection[int]) -> list[tuple[str, str]]:
    """Return the workshops with their places; of several people cards would be a long page."""
    open_to = (item for item in choice.slot.workshops if item.id not in closed)
    found = [
        (item.code, " – ".join([cards.short_name(item), *filter(None, _notes(item))]))
        for item in open_to
        if not item.face.cancelled
    ]
    return [*found, (NOTHING, choice_words.nothing_for_them(choice.slot))]


def _notes(item: ProgrammeItem) -> tuple[str, str]:
    """Return how one can be in something, where not both ways, and how full it is."""
    return cards.mode_note(item), cards.state_of(item.places)[1]


def _modes(congress: Congress) -> list[tuple[str, str]]:
    """Return both ways to take part, each with its places."""
    return [
        (mode, f"{words} – {cards.state_of(congress.places_in(mode))[1]}")
        for mode, words in MODES.items()
    ]
