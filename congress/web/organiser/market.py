"""A marketplace at its office: layout, who takes part, offers and demands."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressKind
from congress.domain.errors import Refused
from congress.domain.market import (
    Entry,
    Party,
    PartyFacts,
    Side,
    counts,
    matching,
    sought,
)
from congress.queries import congresses
from congress.queries import market as queries
from congress.services.market import laying_out, offering
from congress.web import access, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.market import words
from congress.web.market.forms import (
    EntryForm,
    PartyForm,
    entry_form,
    layout_form,
    party_form,
    wanted_of_address,
)
from congress.web.network.register_words import SECTORS
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask

REFUSED, LATE = 422, 409
PAGE, CURRENT = "/market", "programme"


def market() -> str:
    """Show who takes part, what is offered and sought, and what to see to."""
    here = access.workspace().id
    there = queries.entries(here)
    wanted, state = wanted_of_address(), request.args.get("state", "")
    found = [
        each
        for each in sought(there, wanted)
        if state not in {"new", "public"} or each.is_published is (state == "public")
    ]
    laid_out = queries.setup(here)
    return frame.page(
        "market.html",
        current=CURRENT,
        market=laid_out,
        is_market=congresses.get_congress(here).kind is CongressKind.MARKET,
        parties=queries.parties(here),
        entries=found,
        is_filtered=bool(not wanted.is_empty or state),
        wanted=wanted,
        entry_state=state,
        unseen=sum(not each.is_published for each in there),
        matches={each.id: len(matching(each, there)) for each in found},
        counts=counts(queries.agreements(here)),
        categories=words.categories(laid_out),
        words=words,
        Side=Side,
    )


def lay_out_market() -> ResponseReturnValue:
    """Show categories and stands in a form, or take what was entered."""
    here = access.workspace().id
    form = layout_form(queries.setup(here))
    if request.method == "GET":
        return _form("market_layout.html", form=form)
    said = form.read(request.form)
    if said is None:
        return _form("market_layout.html", form=form), REFUSED
    try:
        laying_out.lay_out(here, said, version=form.version, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        form.version = queries.setup(here).version
        return _form("market_layout.html", refusal, form=form), LATE
    return frame.done(_("The marketplace is saved."), PAGE)


def new_market_party() -> ResponseReturnValue:
    """Show the form for somebody who takes part, or keep what was sent."""
    form = party_form(PartyFacts(""), with_stand=True)
    if request.method == "GET":
        return _party_form(form)
    said = form.read(request.form)
    if said is None:
        return _party_form(form), REFUSED
    try:
        laying_out.add_party(access.workspace().id, said, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _party_form(form, refusal=refusal), LATE
    return frame.done(_("“%(name)s” takes part.", name=said.name), PAGE)


def edit_market_party(party_id: int) -> ResponseReturnValue:
    """Show what is said of somebody who takes part, or take what was entered."""
    here = access.workspace().id
    found = queries.find_party(here, party_id) or abort(404)
    form = party_form(found.facts, with_stand=True)
    if request.method == "GET":
        return _party_form(form, found)
    said = form.read(request.form)
    if said is None:
        return _party_form(form, found), REFUSED
    try:
        laying_out.change_party(
            here, party_id, said, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        form.version = found.facts.version
        return _party_form(form, found, refusal), LATE
    return frame.done(_("“%(name)s” is saved.", name=said.name), PAGE)


def remove_market_party(party_id: int) -> ResponseReturnValue:
    """Ask whether somebody takes part no longer, or remove them with their entries."""
    here = access.workspace().id
    if request.method == "POST":
        try:
            laying_out.remove_party(here, party_id, actor=access.actor(), now=clock.now())
        except Refused as refusal:
            return frame.done(refusals.text(refusal), PAGE)
        return frame.done(_("It is deleted."), PAGE)
    found = queries.find_party(here, party_id) or abort(404)
    return _ask(found.facts.name, f"{PAGE}/parties/{party_id}/remove")


def new_market_entry() -> ResponseReturnValue:
    """Show the form for an offer or a demand, or publish what was sent."""
    here = access.workspace().id
    form = _entry_form(None)
    if request.method == "GET":
        return _entry_page(form)
    said = form.read(request.form)
    if said is None:
        return _entry_page(form), REFUSED
    party, facts = said
    try:
        offering.enter(here, party, facts, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _entry_page(form, refusal=refusal), LATE
    return frame.done(_("“%(title)s” is published.", title=facts.title), PAGE)


def edit_market_entry(entry_id: int) -> ResponseReturnValue:
    """Show an entry with what may go with it, or take what was entered."""
    here, found = access.workspace().id, _entry(entry_id)
    form = _entry_form(found)
    if request.method == "GET":
        return _entry_page(form, found)
    said = form.read(request.form)
    if said is None:
        return _entry_page(form, found), REFUSED
    party, facts = said
    try:
        offering.change(
            here,
            entry_id,
            party,
            facts,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        form.version = found.facts.version
        return _entry_page(form, found, refusal), LATE
    return frame.done(_("“%(title)s” is saved.", title=facts.title), PAGE)


def publish_market_entry(entry_id: int) -> ResponseReturnValue:
    """Let everybody read an entry, or nobody any more."""
    act, found = request.form.get("act"), _entry(entry_id)
    if act not in {"publish", "withdraw"}:
        abort(400)
    offering.publish(
        access.workspace().id,
        entry_id,
        shown=act == "publish",
        actor=access.actor(),
        now=clock.now(),
    )
    if act == "publish":
        return frame.done(_("“%(title)s” is published.", title=found.facts.title), PAGE)
    return frame.done(_("It is no longer public. It is kept here."), PAGE)


def merge_market_entries(entry_id: int) -> ResponseReturnValue:
    """Make one entry of two that say the same."""
    found, other = _entry(entry_id), read_id(request.form.get("other", ""))
    if other is None:
        return frame.done(_("Please choose the other entry first."), f"{PAGE}/entries/{entry_id}")
    try:
        offering.merge(
            access.workspace().id, entry_id, other, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return frame.done(refusals.text(refusal), PAGE)
    done = _("Both are one entry now: “%(title)s”.", title=found.facts.title)
    return frame.done(done, f"{PAGE}/entries/{entry_id}")


def remove_market_entry(entry_id: int) -> ResponseReturnValue:
    """Ask whether to delete an entry for good, and do so."""
    if request.method == "POST":
        offering.remove(access.workspace().id, entry_id, actor=access.actor(), now=clock.now())
        return frame.done(_("It is deleted."), PAGE)
    found = _entry(entry_id)
    return _ask(found.facts.title, f"{PAGE}/entries/{entry_id}/remove")


def _entry(entry_id: int) -> Entry:
    there = queries.entries(access.workspace().id)
    return next((each for each in there if each.id == entry_id), None) or abort(404)


def _ask(title: str, action: str) -> str:
    question = Question(
        _("Delete “%(title)s”?", title=title),
        _("Public pages stop showing it at once. This cannot be undone."),
        _("Delete it"),
    )
    return ask(question, action, current=CURRENT, back=PAGE, above=_("Marketplace"))


def _entry_form(found: Entry | None) -> EntryForm:
    here = access.workspace().id
    return entry_form(queries.setup(here), found, queries.parties(here))


def _entry_page(form: EntryForm, entry: Entry | None = None, refusal: Refused | None = None) -> str:
    here = access.workspace().id
    there, known = queries.entries(here), queries.parties(here)
    alike = [
        each
        for each in there
        if entry and each.id != entry.id and each.facts.side is entry.facts.side
    ]
    return _form(
        "market_entry.html",
        refusal,
        form=form,
        entry=entry,
        parties=words.parties(known),
        categories=words.categories(form.market),
        sides=words.SIDES.items(),
        matches=matching(entry, there) if entry else [],
        alike=[(str(each.id), f"{each.facts.title} – {each.party.facts.name}") for each in alike],
        words=words,
        Side=Side,
    )


def _party_form(form: PartyForm, party: Party | None = None, refusal: Refused | None = None) -> str:
    return _form(
        "market_party.html", refusal, form=form, party=party, sectors=SECTORS.items(), words=words
    )


def _form(
    template: str,
    refusal: Refused | None = None,
    *,
    form: object,
    **context: object,
) -> str:
    errors = getattr(form, "errors", [])
    box = refusals.box(refusal or errors, access.workspace().zone)
    return frame.page(template, current=CURRENT, form=form, **box, **context)
