"""A marketplace for whoever takes part: their organisation, offers and demands, behind a link."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.errors import Refused
from congress.domain.market import Entry, Party, PartyFacts, matching
from congress.queries import market as queries
from congress.queries.registrations import Opened
from congress.services.market import offering
from congress.web import languages, refusals
from congress.web.languages import gettext as _
from congress.web.market import words
from congress.web.market.forms import EntryForm, PartyForm, entry_form, party_form
from congress.web.network.register_words import SECTORS
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened
from congress.web.registration.standing import is_active

REFUSED, LATE = 422, 409


def is_offered(own: Opened) -> bool:
    """Return whether somebody can enter something: registered for a marketplace that is on."""
    is_on = own.congress.state is CongressState.PUBLISHED
    is_market = own.congress.kind is CongressKind.MARKET
    return is_on and is_market and is_active(own.registration.standing)


def own_market(token: str) -> ResponseReturnValue:
    """Show what somebody offers and seeks, or keep another entry."""
    own = _opened(token)
    party = queries.party_of(own.registration.id)
    form = entry_form(queries.setup(own.congress.id))
    if request.method == "GET":
        return _page(own, entry=form)
    said = form.read(request.form)
    if party is None:
        return _back(token)
    if said is None:
        return _page(own, entry=form), REFUSED
    try:
        offering.hand_in(own.congress.id, own.registration.id, said[1], now=clock.now())
    except Refused as refusal:
        return _page(own, entry=form, refusal=refusal), LATE
    return _back(token)


def introduce_to_market(token: str) -> ResponseReturnValue:
    """Show what is said of somebody's organisation in a form, or keep what they say now."""
    own = _opened(token)
    form = _party_form(own, queries.party_of(own.registration.id))
    if request.method == "GET":
        return _page(own, party=form)
    said = form.read(request.form)
    if said is None:
        return _page(own, party=form), REFUSED
    try:
        offering.introduce(
            own.congress.id, own.registration.id, said, version=form.version, now=clock.now()
        )
    except Refused as refusal:
        form.version = _party_form(own, queries.party_of(own.registration.id)).version
        return _page(own, party=form, refusal=refusal), LATE
    return _back(token)


def edit_own_entry(token: str, entry_id: int) -> ResponseReturnValue:
    """Show an entry of one's own in a form, or take what was entered."""
    own = _opened(token)
    found = _own_entry(own, entry_id)
    form = entry_form(queries.setup(own.congress.id), found)
    if request.method == "GET":
        return _page(own, entry=form, edited=found)
    said = form.read(request.form)
    if said is None:
        return _page(own, entry=form, edited=found), REFUSED
    try:
        offering.hand_in(
            own.congress.id,
            own.registration.id,
            said[1],
            entry_id=entry_id,
            version=form.version,
            now=clock.now(),
        )
    except Refused as refusal:
        form.version = found.facts.version
        return _page(own, entry=form, edited=found, refusal=refusal), LATE
    return _back(token)


def remove_own_entry(token: str, entry_id: int) -> ResponseReturnValue:
    """Take back an entry of one's own."""
    own = _opened(token)
    try:
        offering.take_back(own.congress.id, own.registration.id, entry_id, now=clock.now())
    except Refused as refusal:
        return _page(own, refusal=refusal), LATE
    return _back(token)


def _opened(token: str) -> Opened:
    own = opened(token)
    return own if is_offered(own) else abort(404)


def _own_entry(own: Opened, entry_id: int) -> Entry:
    mine = (
        each
        for each in queries.entries(own.congress.id)
        if each.id == entry_id and each.party.registration_id == own.registration.id
    )
    return next(mine, None) or abort(404)


def _party_form(own: Opened, party: Party | None) -> PartyForm:
    if party is not None:
        return party_form(party.facts, with_stand=False)
    form = party_form(PartyFacts(own.registration.person.organisation), with_stand=False)
    form.version = PartyFacts("").version
    return form


def _back(token: str) -> ResponseReturnValue:
    return redirect(languages.link(f"/registration/{token}/market"), code=303)


def _page(
    own: Opened,
    *,
    entry: EntryForm | None = None,
    party: PartyForm | None = None,
    edited: Entry | None = None,
    refusal: Refused | None = None,
) -> str:
    congress = own.congress
    laid_out = queries.setup(congress.id)
    closes_at = laid_out.closes_at(congress.starts_at, congress.zone)
    known = queries.party_of(own.registration.id)
    if party is None and known is None:
        entry, party = None, _party_form(own, None)
    public = queries.entries(congress.id, published=True)
    there = queries.entries(congress.id) if known else []
    mine = [each for each in there if known and each.party.id == known.id]
    wrong = refusal or [*(entry.errors if entry else []), *(party.errors if party else [])]
    return render_template(
        "market/own.html",
        congress=congress,
        occasion=occasion(congress),
        token=own.token,
        party=known,
        party_form=party,
        form=entry,
        edited=edited,
        mine=[(each, matching(each, public)) for each in mine],
        is_open=clock.now() < closes_at,
        last_day=languages.dates(congress.zone).last_day(closes_at),
        categories=words.categories(laid_out),
        sectors=[("", _("not given")), *SECTORS.items()],
        sides=words.SIDES.items(),
        words=words,
        **refusals.box(wrong, congress.zone),
    )
