"""Texts of the network at its office: the list, one text, and its drafts."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.network_texts import VersionFacts, VersionState
from congress.queries.network import texts as queries
from congress.queries.network.texts import Text, Version
from congress.services.network import writing_texts
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.network import text_words as words
from congress.web.network.frame import done, page, today, zone
from congress.web.network.text_form import (
    Form,
    description,
    read_description,
    read_wording,
    wording,
)

REFUSED, LATE = 422, 409
ADDRESS = "/organiser/network/texts"


def texts() -> str:
    """Show all texts, and which of their versions is in force."""
    return page(
        "texts.html",
        current="texts",
        base=ADDRESS,
        texts=queries.listed(),
        day=today(),
        words=words,
    )


def add_text() -> ResponseReturnValue:
    """Show an empty form, or begin a text."""
    form = Form(description() | wording())
    if request.method == "GET":
        return _form(form)
    said = read_description(form, request.form, {})
    facts = read_wording(form, request.form, VersionFacts({}))
    if said is None or facts is None:
        return _form(form), REFUSED
    added = writing_texts.add(*said, facts, actor=access.actor(), now=clock.now())
    return done(_("The draft is kept. Nobody else sees it yet."), f"/texts/{added}/versions/1")


def text(text_id: int) -> str:
    """Show one text and all of its versions."""
    return show(get(text_id))


def describe_text(text_id: int) -> ResponseReturnValue:
    """Show title and kind of a text in a form, or save them."""
    found = get(text_id)
    form = Form(description(found.kind, found.title))
    if request.method == "GET":
        return _form(form, found)
    said = read_description(form, request.form, found.title)
    if said is None:
        return _form(form, found), REFUSED
    writing_texts.describe(found.id, *said, actor=access.actor(), now=clock.now())
    return done(_("Title and kind are saved."), f"/texts/{found.id}")


def begin_version(text_id: int) -> ResponseReturnValue:
    """Begin the next version of a text."""
    found = get(text_id)
    try:
        number = writing_texts.begin(found.id, today=today(), actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(get(text_id), refusal), LATE
    sentence = _("Version %(number)s is a draft with what the last one says.", number=number)
    return done(sentence, f"/texts/{found.id}/versions/{number}/edit")


def edit_version(text_id: int, number: int) -> ResponseReturnValue:
    """Show a draft in its form, or save it."""
    found, version = get_version(text_id, number)
    if version.state is not VersionState.DRAFT and request.method == "GET":
        abort(404)
    before = VersionFacts(queries.body_of(version.id), version.changes)
    form = Form(wording(before), before.version)
    if request.method == "GET":
        return _form(form, found, version)
    facts = read_wording(form, request.form, before)
    if facts is None:
        return _form(form, found, version), REFUSED
    try:
        writing_texts.revise(
            found.id, number, facts, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        form.version = before.version  # what is saved next was looked at
        return _form(form, found, version, refusal), LATE
    return done(_("The draft is saved."), f"/texts/{found.id}/versions/{number}")


def get(text_id: int) -> Text:
    """Return a text, or a 404."""
    return queries.find(text_id) or abort(404)


def get_version(text_id: int, number: int) -> tuple[Text, Version]:
    """Return a text and one of its versions, or a 404."""
    found = get(text_id)
    return found, found.having(number) or abort(404)


def show(found: Text, refusal: Refused | None = None) -> str:
    """Render the page of one text."""
    day = today()
    return page(
        "text.html",
        current="texts",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}",
        found=found,
        counts=queries.counts(found.id),
        day=day,
        can_begin=not found.draft and not any(each.is_waiting(day) for each in found.versions),
        words=words,
        **refusals.box(refusal or [], zone()),
    )


def _form(
    form: Form,
    found: Text | None = None,
    version: Version | None = None,
    refusal: Refused | None = None,
) -> str:
    return page(
        "edit_text.html",
        current="texts",
        base=ADDRESS,
        found=found,
        version=version,
        form=form,
        entries=form.entries,
        kinds=list(words.KINDS.items()),
        **refusals.box(refusal or form.errors, zone()),
    )
