"""The mails of a congress in its organisers' words: the list, and one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.letter_texts import LANGUAGES, strange_link
from congress.domain.mails import templates as rules
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import NAMES_OF_VALUES
from congress.domain.mails.templates import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    PARTS,
    SUBJECT,
    WITH_TEMPLATE,
    Template,
    TemplateEditedMeanwhile,
    usual_body,
)
from congress.formats import own_words
from congress.formats.letters import Wording
from congress.queries import congresses
from congress.queries import mail_templates as queries
from congress.services.mails import templating
from congress.web import access, refusals
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, mail_words, mailing_words, placeholder_words

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/mails/templates"
LONGEST_VERSION = 200


@dataclass
class TemplateForm:
    """One kind of mail as typed, by language; `version` is that of what it was opened with."""

    subjects: dict[str, Entry]
    bodies: dict[str, Entry]
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = [each for one in LANGUAGES for each in (self.subjects[one], self.bodies[one])]
        return [error for entry in entries for error in told(entry)]

    @property
    def templates(self) -> dict[str, Template]:
        """The words as they are stored; what the program says anyway is nothing of one's own."""
        return {
            one: Template(self.subjects[one].value, _own(self.bodies[one].value, one))
            for one in LANGUAGES
        }


def templates() -> str:
    """Show every kind of mail, and which have words of their own."""
    workspace = access.workspace()
    own = {kind for _number, kind, _language in queries.of_congresses([workspace.id])}
    return frame.page(
        "mail_templates.html",
        current="settings",
        kinds=[(kind.value, mail_words.kind(kind), kind in own) for kind in WITH_TEMPLATE],
    )


def edit_template(kind: str) -> ResponseReturnValue:
    """Show a mail, show it in the words that were typed, save them, or take them back."""
    wanted = next((each for each in WITH_TEMPLATE if each == kind), None) or abort(404)
    stored = queries.find(access.workspace().id, wanted)
    version = templating.version_of(stored)
    if request.method == "GET":
        return _show(wanted, _form(stored, version), stored)
    if "reset" in request.form:
        nothing = {language: Template() for language in LANGUAGES}
        said = _("The email is again as the program writes it.")
        return _save(wanted, _form(nothing, request.form.get("version", "")), stored, said)
    form = _typed(wanted, request.form)
    if form.errors:
        return _show(wanted, form, stored), REFUSED
    if "save" not in request.form:
        return _show(wanted, form, stored)
    return _save(wanted, form, stored, _("The words are saved for the next emails."))


def _save(
    kind: MessageKind, form: TemplateForm, stored: Mapping[str, Template], said: str
) -> ResponseReturnValue:
    try:
        names = templating.save(
            access.workspace().id,
            kind,
            form.templates,
            version=form.version[:LONGEST_VERSION],
            actor=access.actor(),
            now=clock.now(),
        )
    except TemplateEditedMeanwhile as refusal:
        form.version = templating.version_of(stored)
        return _show(kind, form, stored, error=refusals.text(refusal)), ANOTHER
    return frame.done(said if names else _("Nothing was changed."), f"{PAGE}/{kind}")


def _form(stored: Mapping[str, Template], version: str) -> TemplateForm:
    subjects = {"de": _("Subject (German)"), "en": _("Subject (English)")}
    bodies = {"de": _("Text (German)"), "en": _("Text (English)")}
    return TemplateForm(
        {one: Entry(f"subject_{one}", subjects[one], stored[one].subject) for one in LANGUAGES},
        {
            one: Entry(f"body_{one}", bodies[one], stored[one].body or usual_body(one))
            for one in LANGUAGES
        },
        version,
    )


def _typed(kind: MessageKind, sent: Mapping[str, str]) -> TemplateForm:
    nothing = {language: Template() for language in LANGUAGES}
    form = _form(nothing, sent.get("version", "")[:LONGEST_VERSION])
    for language in LANGUAGES:
        subject, body = form.subjects[language], form.bodies[language]
        read_line(subject, sent.get(subject.name, ""), most=LONGEST_SUBJECT)
        read_text(body, sent.get(body.name, ""), most=LONGEST_BODY)
        if not body.value and not body.errors:
            body.value = usual_body(language)
        _check(kind, subject, body, language)
    return form


def _check(kind: MessageKind, subject: Entry, body: Entry, language: str) -> None:
    """Say at each field what keeps it from being used."""
    template = Template(subject.value, body.value)
    found = rules.faults(kind, template, NAMES_OF_VALUES, language)
    for entry, unknown, missing in (
        (subject, found.unknown_in_subject, found.missing_in_subject),
        (body, found.unknown_in_body, found.missing_in_body),
    ):
        if unknown:
            entry.errors.append(placeholder_words.unknown(unknown))
        if missing:
            entry.errors.append(
                _(
                    "Please leave %(names)s in: without it, people miss something they need to "
                    "know.",
                    names=placeholder_words.braced(missing),
                )
            )
    parts = [name for both in PARTS.values() for name in both]
    if misplaced := own_words.misplaced(body.value, parts):
        body.errors.append(
            _(
                "Please put %(names)s in a paragraph of its own, with an empty line before and "
                "after it.",
                names=placeholder_words.braced(misplaced),
            )
        )
    for entry in (subject, body):
        if link := strange_link(entry.value):
            entry.errors.append(
                _(
                    "“%(link)s” is not a whole address that begins with https://. Please enter it "
                    "like this, or leave it out.",
                    link=link,
                )
            )


def _own(body: str, language: str) -> str:
    return "" if body.split() == usual_body(language).split() else body


def _show(
    kind: MessageKind,
    form: TemplateForm,
    stored: Mapping[str, Template],
    *,
    error: str = "",
) -> str:
    congress = congresses.get_congress(access.workspace().id)
    called = {"de": _("German"), "en": _("English")}
    shown: list[tuple[str, str, Wording]] = []
    if not form.errors:
        shown = [
            (
                one,
                called[one],
                templating.preview(congress, kind, form.templates[one], one, now=clock.now()),
            )
            for one in LANGUAGES
        ]
    return frame.page(
        "edit_mail_template.html",
        current="settings",
        kind=kind.value,
        name=mail_words.kind(kind),
        form=form,
        letters=shown,
        is_own=any(each.says_something for each in stored.values()),
        parts=mail_words.parts(),
        placeholders=mailing_words.placeholders(rules.of_reader(kind)),
        usual_subjects={one: f"{{{name}}}" for one, name in zip(LANGUAGES, SUBJECT, strict=True)},
        stored=stored if error else None,
        errors=form.errors,
        error=error,
    )
