"""What organisers put into the letters of a congress: typed, read in a letter, saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain import editing, letter_texts
from congress.domain.errors import Refused
from congress.domain.letter_texts import (
    NAMES,
    REPLY_TO,
    SENDER,
    LetterTextsEditedMeanwhile,
    strange_in_sender,
    strange_link,
)
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.formats.congress_file_values import LEAD
from congress.formats.letters import Wording
from congress.queries import congresses
from congress.services.mails import wording
from congress.web import access, refusals
from congress.web.entries import Entry, read_address, read_line, read_text, told
from congress.web.languages import LANGUAGES
from congress.web.languages import gettext as _
from congress.web.organiser import frame, meanwhile
from congress.web.organiser.change_words import Line
from congress.web.organiser.meanwhile import Meanwhile
from congress.web.organiser.settings_words import LETTERS

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/mails"
LONGEST_SENDER, LONGEST_LINE, LONGEST_VERSION = 60, 80, 200  # characters


@dataclass
class LetterForm:
    """All entries by name; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]

    @property
    def values(self) -> dict[str, str]:
        return {name: entry.value for name, entry in self.entries.items()}


def edit_letter_texts() -> ResponseReturnValue:
    """Show the form, show a letter with what was typed, or save it."""
    if request.method == "GET":
        stored = _stored()
        return _show(_form(stored, editing.version_of(stored)))
    form = _typed(request.form)
    if form.errors:
        return _show(form), REFUSED
    if "save" not in request.form:
        return _show(form, letters=_letters(form))
    try:
        names = wording.word(
            access.workspace().id,
            form.values,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except LetterTextsEditedMeanwhile as refusal:
        return _after_another(form, refusal)
    done = _("The texts are saved for the next emails.") if names else _("Nothing was changed.")
    return frame.done(done, PAGE)


def _after_another(form: LetterForm, refusal: LetterTextsEditedMeanwhile) -> ResponseReturnValue:
    """Show what was typed over what was saved meanwhile, and where the two differ."""
    stored, mine = _stored(), form.values
    if stored == mine:  # pressed twice
        return frame.done(_("The texts are saved for the next emails."), PAGE)
    again, others = meanwhile.merged(mine, stored, form.version, _lines)
    page = _show(_form(again, editing.version_of(stored)), refusal=refusal, others=others)
    return page, ANOTHER


def _stored() -> dict[str, str]:
    return letter_texts.whole(congresses.get_congress(access.workspace().id).letters)


def _form(values: Mapping[str, str], version: str) -> LetterForm:
    return LetterForm(
        {name: Entry(name, str(LETTERS[name]), values[name]) for name in NAMES}, version
    )


def _typed(sent: Mapping[str, str]) -> LetterForm:
    form = _form(letter_texts.whole({}), sent.get("version", "")[:LONGEST_VERSION])
    for name, entry in form.entries.items():
        said = sent.get(name, "")
        if name == SENDER:
            _read_sender(entry, said)
            continue
        if name == REPLY_TO:
            address = read_address(entry, said, is_demo=extensions.settings().is_demo)
            entry.value = address or entry.value
            continue
        if name.startswith("extra"):
            read_text(entry, said, most=LEAD)
        else:
            read_line(entry, said, most=LONGEST_LINE)
        if link := strange_link(entry.value):
            entry.errors.append(
                _(
                    "“%(link)s” is not a whole address that begins with https://. Please enter it "
                    "like this, or leave it out.",
                    link=link,
                )
            )
    return form


def _read_sender(entry: Entry, said: str) -> None:
    read_line(entry, said, most=LONGEST_SENDER)
    if strange := strange_in_sender(entry.value):
        entry.errors.append(
            _(
                "“%(strange)s” cannot stand in the name of the sender, as mail programs take it "
                "for an address or for the end of the name. Please leave it out.",
                strange=strange,
            )
        )


def _letters(form: LetterForm) -> list[tuple[str, str, Wording]]:
    """Return the confirmation in German, and in English where it says anything of its own."""
    congress = congresses.get_congress(access.workspace().id)
    has_english = any(form.values[name] for name in NAMES if name.endswith("_en"))
    return [
        (
            language,
            LANGUAGES[language],
            wording.preview(congress, form.values, language, now=clock.now()),
        )
        for language in LANGUAGES
        if language == REQUIRED_LANGUAGE or has_english
    ]


def _lines(names: Iterable[str], was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    none = _("none")
    return [Line(str(LETTERS[name]), now[name] or none, was[name] or none) for name in names]


def _show(
    form: LetterForm,
    *,
    letters: Iterable[tuple[str, str, Wording]] = (),
    refusal: Refused | None = None,
    others: Meanwhile | None = None,
) -> str:
    usual = wording.usual_sender(congresses.get_congress(access.workspace().id))
    return frame.page(
        "letter_texts.html",
        current="settings",
        form=form,
        usual_sender=usual,
        sender_address=extensions.settings().mail_from,
        letters=letters,
        **refusals.box(refusal or form.errors, access.workspace().zone),
        meanwhile=others,
    )
