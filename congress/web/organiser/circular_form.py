"""The form in which an organiser writes to people: subject and text, in German and English."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from congress.domain.mails.circulars import Circular
from congress.domain.texts import written
from congress.web.entries import TICKED, Entry, read_line, read_text, told
from congress.web.languages import gettext as _

LONGEST_SUBJECT = 150
LONGEST_TEXT = 5000
FORM_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass
class WordsForm:
    """What an organiser writes, in German and perhaps in English, as typed."""

    subject: Entry = field(default_factory=lambda: Entry("subject", _("Subject"), required=True))
    text: Entry = field(default_factory=lambda: Entry("text", _("Text"), required=True))
    subject_en: Entry = field(default_factory=lambda: Entry("subject_en", _("Subject (English)")))
    text_en: Entry = field(default_factory=lambda: Entry("text_en", _("Text (English)")))

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.subject, self.text, self.subject_en, self.text_en)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence."""
        return [error for entry in self.entries for error in told(entry)]

    def read_words(self, posted: Mapping[str, str], *, most: int) -> None:
        """Take over the words that were sent, texts with so many characters at the most."""
        for entry in (self.subject, self.subject_en):
            read_line(entry, posted.get(entry.name, ""), most=LONGEST_SUBJECT)
        for entry in (self.text, self.text_en):
            read_text(entry, posted.get(entry.name, ""), most=most)
        _ask_for(self.subject, _("Please enter what the email is about."))
        _ask_for(self.text, _("Please enter what you want to write."))
        if self.subject_en.value or self.text_en.value:
            both = _("Please fill in both English fields, or leave both empty.")
            _ask_for(self.subject_en, both)
            _ask_for(self.text_en, both)


@dataclass
class CircularForm(WordsForm):
    """Everything on the page, as typed."""

    with_link: bool = False

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.read_words(posted, most=LONGEST_TEXT)
        self.with_link = posted.get("with_link") == TICKED
        return not self.errors

    def to_circular(self) -> Circular:
        """Return the checked contents."""
        return Circular(
            subject=written({"de": self.subject.value, "en": self.subject_en.value}),
            text=written({"de": self.text.value, "en": self.text_en.value}),
            with_link=self.with_link,
        )


def new_key() -> str:
    """Return a mark by which a form that is sent twice is known."""
    return secrets.token_hex(16)


def is_key(posted: str) -> bool:
    """Return whether a form was handed out with a mark like this."""
    return bool(FORM_KEY.fullmatch(posted))


def _ask_for(entry: Entry, sentence: str) -> None:
    if not entry.value and not entry.errors:
        entry.errors.append(sentence)
