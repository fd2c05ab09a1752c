"""One version of a text at the office: put up for comments, answered, adopted, told about."""

from itertools import groupby

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.network_texts import VersionState, sections
from congress.domain.network.text_differences import differences
from congress.queries.network import texts as queries
from congress.queries.network.texts import Comment, Text, Version
from congress.services.network import commenting, text_letters, writing_texts
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.network import text_words as words
from congress.web.network.frame import dates, done, page, today, zone
from congress.web.network.text_form import (
    Form,
    adoption_form,
    answer_form,
    read_adoption,
    read_answer,
    read_until,
    until_form,
)
from congress.web.network.texts import ADDRESS, get_version

REFUSED, LATE = 422, 409


def text_version(text_id: int, number: int) -> str:
    """Show what a version says, and what was said about it."""
    return _show(*get_version(text_id, number))


def text_version_changes(text_id: int, number: int) -> str:
    """Show what is different from an earlier version."""
    found, version = get_version(text_id, number)
    since = base_of(found, version) or abort(404)
    return page(
        "text_changes.html",
        current="texts",
        base=ADDRESS,
        found=found,
        version=version,
        since=since,
        **compared(since, version),
    )


def open_text_comments(text_id: int, number: int) -> ResponseReturnValue:
    """Ask until when municipalities can comment, or say so."""
    found, version = get_version(text_id, number)
    until = version.comments_until
    form = until_form(until.strftime("%d.%m.%Y") if until else "")
    if request.method == "GET":
        return _ask("open_comments.html", found, version, form)
    day = read_until(form, request.form, today())
    if day is None:
        return _ask("open_comments.html", found, version, form), REFUSED
    try:
        writing_texts.open_comments(
            found.id, number, day, today=today(), actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _ask("open_comments.html", found, version, form, refusal), LATE
    sentence = _("Municipalities can comment until the end of %(day)s.", day=dates().date(day))
    return done(sentence, _here(found, number))


def adopt_text(text_id: int, number: int) -> ResponseReturnValue:
    """Ask when and by whom a version was adopted, or put it in force."""
    found, version = get_version(text_id, number)
    form = adoption_form()
    if request.method == "GET":
        return _ask("adopt_text.html", found, version, form)
    adoption = read_adoption(form, request.form, today())
    if adoption is None:
        return _ask("adopt_text.html", found, version, form), REFUSED
    try:
        writing_texts.adopt(
            found.id, number, adoption, today=today(), actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _ask("adopt_text.html", found, version, form, refusal), LATE
    return done(
        _("Version %(number)s is in force, and everybody can read it.", number=number),
        _here(found, number),
    )


def tell_of_text(text_id: int, number: int) -> ResponseReturnValue:
    """Write to everybody who speaks for a member or partner, once."""
    found, version = get_version(text_id, number)
    try:
        many = text_letters.tell(
            found.id, version.number, today=today(), actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(*get_version(text_id, number), refusal), LATE
    sentence = ngettext(
        "%(num)d contact person will receive an email shortly.",
        "%(num)d contact persons will receive an email shortly.",
        many,
    )
    return done(sentence, _here(found, number))


def answer_comment(text_id: int, number: int, comment_id: int) -> ResponseReturnValue:
    """Show a comment with the form of its answer, or save the answer."""
    found, version = get_version(text_id, number)
    comment = queries.find_comment(comment_id)
    if comment is None or comment.version_id != version.id:
        abort(404)
    form = answer_form(comment.answer, comment.answer_words)
    if request.method == "GET":
        return _answer(found, version, comment, form)
    read = read_answer(form, request.form)
    if read is None:
        return _answer(found, version, comment, form), REFUSED
    seen = request.form.get("version", "")
    try:
        commenting.answer(comment.id, *read, seen=seen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _answer(found, version, comment, form, refusal), LATE
    return done(
        _("The answer is kept. Everybody sees it with the next adopted version."),
        _here(found, number),
    )


def base_of(found: Text, version: Version) -> Version | None:
    """Return the version to compare with: the one asked for, else the one before."""
    asked = request.args.get("since", "")
    earlier = [each for each in found.versions if each.number < version.number]
    if asked:
        return next((each for each in earlier if str(each.number) == asked), None)
    return next(iter(earlier), None)


def compared(since: Version, version: Version) -> dict[str, object]:
    """Return the paragraphs of two versions with what is gone and new, and their language."""
    bodies = queries.body_of(since.id), queries.body_of(version.id)
    language = languages.current()
    if not all(each.get(language) for each in bodies):
        language = "de"
    before, after = (each.get(language, "") for each in bodies)
    shown = {language: after}
    return {
        "paragraphs": differences(before, after),
        "language": languages.lang_attribute(shown),
    }


def by_section(comments: list[Comment], text: str) -> list[tuple[str, list[Comment]]]:
    """Return comments in the order of the headings they are about; the whole text first."""
    order = {name: number for number, name in enumerate(["", *sections(text)])}
    last = len(order)
    in_order = sorted(comments, key=lambda each: (order.get(each.section, last), each.section))
    return [
        (section, list(some)) for section, some in groupby(in_order, key=lambda each: each.section)
    ]


def _here(found: Text, number: int) -> str:
    return f"/texts/{found.id}/versions/{number}"


def _show(found: Text, version: Version, refusal: Refused | None = None) -> str:
    body = queries.body_of(version.id)
    day = today()
    return page(
        "text_version.html",
        current="texts",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}/versions/{version.number}",
        found=found,
        version=version,
        body=body,
        earlier=[each for each in found.versions if each.number < version.number],
        comments=by_section(queries.comments(version.id), body.get("de", "")),
        readers=text_letters.many_readers(day) if text_letters.can_tell(version, day) else 0,
        day=day,
        VersionState=VersionState,
        words=words,
        **refusals.box(refusal or [], zone()),
    )


def _ask(
    template: str, found: Text, version: Version, form: Form, refusal: Refused | None = None
) -> str:
    waiting = sum(waiting for _many, waiting in queries.counts(found.id).values())
    return page(
        template,
        current="texts",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}/versions/{version.number}",
        found=found,
        version=version,
        form=form,
        waiting=waiting,
        **refusals.box(refusal or form.errors, zone()),
    )


def _answer(
    found: Text, version: Version, comment: Comment, form: Form, refusal: Refused | None = None
) -> str:
    return page(
        "answer_comment.html",
        current="texts",
        here=f"{ADDRESS}/{found.id}/versions/{version.number}",
        found=found,
        version=version,
        comment=comment,
        form=form,
        answers=list(words.ANSWERS.items()),
        **refusals.box(refusal or form.errors, zone()),
    )
