"""Texts in the own view: what can be commented on, and what one's organisation has said."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact
from congress.domain.network.network_texts import LONGEST_COMMENT, sections
from congress.queries.network import texts as queries
from congress.queries.network.texts import Comment, Text, Version
from congress.services.network import commenting
from congress.web import languages, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.network import text_words as words
from congress.web.network.frame import today, zone
from congress.web.network.municipality import back, logged_in, page

REFUSED, LATE = 422, 409
LIST = "/texts"


def own_texts(token: str) -> str:
    """Show the texts of the network, those to comment on first."""
    contact, day = logged_in(token), today()
    found = queries.listed(is_public=True)
    return page(
        "own_texts.html",
        contact,
        token,
        texts=sorted(found, key=lambda each: not _takes_comments(each)),
        day=day,
        words=words,
    )


def comment_on_text(token: str, code: str) -> ResponseReturnValue:
    """Show the version to comment on with what the organisation said; or say something."""
    contact = logged_in(token)
    found, version = _commented(code)
    section, body = _entries()
    if request.method == "GET":
        return _show(contact, token, found, version, section, body)
    if not _read(section, body, _names(version)):
        return _show(contact, token, found, version, section, body), REFUSED
    try:
        commenting.comment(
            contact.id, version.id, section.value, body.value, today=today(), now=clock.now()
        )
    except Refused as refusal:
        return _show(contact, token, found, version, section, body, refusal), LATE
    return back(token, f"{LIST}/{code}", _("Your comment has reached the office."))


def correct_text_comment(token: str, comment_id: int) -> ResponseReturnValue:
    """Show a comment of the organisation in its form, or save it."""
    contact = logged_in(token)
    found, version, comment = _own(contact, comment_id)
    section, body = _entries(comment)
    names = _names(version)
    if request.method == "GET":
        return _form(contact, token, found, version, comment, section, body)
    if not _read(section, body, {*names, comment.section}):
        return _form(contact, token, found, version, comment, section, body), REFUSED
    try:
        commenting.correct(
            contact.id,
            comment.id,
            section.value,
            body.value,
            seen=request.form.get("version", ""),
            today=today(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _form(contact, token, found, version, comment, section, body, refusal), LATE
    return back(token, f"{LIST}/{found.code}", _("Your comment is saved."))


def withdraw_text_comment(token: str, comment_id: int) -> ResponseReturnValue:
    """Take a comment of the organisation back."""
    contact = logged_in(token)
    found, version, _comment = _own(contact, comment_id)
    try:
        commenting.withdraw(contact.id, comment_id, today=today(), now=clock.now())
    except Refused as refusal:
        section, body = _entries()
        return _show(contact, token, found, version, section, body, refusal), LATE
    return back(token, f"{LIST}/{found.code}", _("Your comment is withdrawn."))


def _takes_comments(found: Text) -> bool:
    day = today()
    return any(each.takes_comments(day) for each in found.versions)


def _commented(code: str) -> tuple[Text, Version]:
    """Return the version that is or was last up for comments, else the one in force."""
    found = queries.find_public(code) or abort(404)
    return found, found.commented or found.current or found.versions[0]


def _own(contact: Contact, comment_id: int) -> tuple[Text, Version, Comment]:
    """Return a comment of somebody's organisation; another one's is as unknown as none."""
    comment = queries.find_comment(comment_id)
    if comment is None or comment.organisation_id != contact.organisation_id:
        abort(404)
    found, version = queries.of_version(comment.version_id) or abort(404)
    return found, version, comment


def _names(version: Version) -> list[str]:
    """Return what a comment can be about beside the whole text."""
    return sections(languages.text(queries.body_of(version.id)))


def _entries(comment: Comment | None = None) -> tuple[Entry, Entry]:
    section = Entry("section", _("What it is about"), comment.section if comment else "")
    body = Entry("body", _("Comment"), comment.body if comment else "", required=True)
    return section, body


def _read(section: Entry, body: Entry, names: list[str] | set[str]) -> bool:
    section.value = request.form.get("section", "")[:1_000]
    if section.value and section.value not in names:
        section.errors.append(_("Please choose one of these."))
    read_text(body, request.form.get("body", ""), most=LONGEST_COMMENT)
    if not body.value and not body.errors:
        body.errors.append(_("Please write what should be different, or what is good."))
    return not (section.errors or body.errors)


def _choices(version: Version, also: str = "") -> list[tuple[str, str]]:
    names = dict.fromkeys([*_names(version), *([also] if also else [])])
    return [("", _("The whole text")), *((name, name) for name in names)]


def _show(
    contact: Contact,
    token: str,
    found: Text,
    version: Version,
    section: Entry,
    body: Entry,
    refusal: Refused | None = None,
) -> str:
    return page(
        "own_text.html",
        contact,
        token,
        found=found,
        version=version,
        shown=queries.body_of(version.id),
        comments=queries.comments(version.id, contact.organisation_id),
        can_comment=version.takes_comments(today()),
        section=section,
        body=body,
        choices=_choices(version),
        words=words,
        **refusals.box(refusal or [*told(section), *told(body)], zone()),
    )


def _form(
    contact: Contact,
    token: str,
    found: Text,
    version: Version,
    comment: Comment,
    section: Entry,
    body: Entry,
    refusal: Refused | None = None,
) -> str:
    return page(
        "own_text_comment.html",
        contact,
        token,
        found=found,
        comment=comment,
        section=section,
        body=body,
        choices=_choices(version, comment.section),
        **refusals.box(refusal or [*told(section), *told(body)], zone()),
    )
