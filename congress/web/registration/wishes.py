"""Wishes for workshops on the page of one's own: seen there, and ranked until their day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation, ranking
from congress.domain.access import ATTENDEE
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.ranking import WishesClosed
from congress.domain.registration import RegistrationState
from congress.queries.registrations import Opened
from congress.services import wishing
from congress.web import languages, refusals
from congress.web.refusals import Errors
from congress.web.registration import notices, ranking_words
from congress.web.registration.obstacles import no_longer_ranked
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened
from congress.web.registration.ranking_form import RankingForm, ranking_form
from congress.web.registration.ranking_words import ListedWishes
from congress.web.registration.register import REFUSED
from congress.web.registration.standing import is_active
from congress.web.registration.steps import Wishing


@dataclass(frozen=True)
class OwnWishes(Wishing):
    """What the page of one's own says of wishes: for each choice, and whether they can change."""

    listed: tuple[ListedWishes, ...]
    is_sure: bool  # to count: they have a place at the event


def own_wishes(token: str) -> ResponseReturnValue:
    """Show the ranking of somebody, or keep what they wish for now."""
    own, now = opened(token), clock.now()
    form = ranking_form(own.congress, own.items, now=now, standing=own.registration.standing)
    if request.method == "GET":
        return _page(own, form, [], now) if form.choices else _back(token)
    for each in form.choices:  # what was typed stays to be read, also when it comes too late
        each.is_open = True
    form.read(request.form)
    errors: Errors = form.errors
    if form.asks_no_more(request.form):
        errors = [(None, no_longer_ranked().advice), *errors]
    if errors:
        return _page(own, form, errors, now), REFUSED
    try:
        wishing.wish(own.registration.id, form.wishes, actor=ATTENDEE, now=now)
    except Refused as refusal:
        return _page(own, form, refusal, now), REFUSED
    return _back(token, notices.WISHED)


def of_own_page(own: Opened, choices: Sequence[object], now: datetime) -> OwnWishes | None:
    """Return what the page says of wishes; nothing where there is nothing to rank.

    `choices` are those in which one takes a place at once.
    """
    congress, standing = own.congress, own.registration.standing
    is_ahead = congress.state is CongressState.PUBLISHED and now < congress.starts_at
    taking = allocation.taking_wishes(own.items, congress.rules.allocation) if is_ahead else []
    slots = standing.without_place(taking) if is_active(standing) else []
    if not slots:
        return None
    said, words = ranking.by_choice(slots, standing.wishes), occasion(congress)
    left = [ranking.still(said.get(slot.key), ranking.offered(slot)) for slot in slots]
    return OwnWishes(
        closes_at=congress.wishes_close_at,
        listed=tuple(ranking_words.listed(slot, said.get(slot.key), words) for slot in slots),
        has_answered=bool(said),
        is_open=now < congress.wishes_close_at,
        is_sure=standing.state is RegistrationState.CONFIRMED,
        wants_any=any(each.wants_place for each in left if each),
        is_all=not (choices or standing.bookings),
    )


def assigned_at(own: Opened) -> datetime | None:
    """Return when places were last given by wishes."""
    given = (item.assigned_at for item in own.items if item.assigned_at is not None)
    return max(given, default=None)


def _back(token: str, act: str = "") -> ResponseReturnValue:
    done = notices.done(act) if act else None
    return redirect(languages.link(url_for(".own_page", token=token, done=done)), code=303)


def _page(own: Opened, form: RankingForm, wrong: Errors | Refused, now: datetime) -> str:
    congress, words = own.congress, occasion(own.congress)
    is_late = isinstance(wrong, WishesClosed) or now >= congress.wishes_close_at
    return render_template(
        "registration/wishes.html",
        congress=congress,
        occasion=words,
        token=own.token,
        form=form,
        ranked=ranking_words.of_form(form, congress, own.items, words),
        ranking_words=ranking_words,
        may_save=form.is_open and not is_late,
        wishes=of_own_page(own, (), now),
        **refusals.box(wrong, congress.zone),
    )
