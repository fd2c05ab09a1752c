"""The letter that answers proposals: its text in each language that is needed, as typed."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from congress import clock
from congress.domain.calls import Proposal, ProposalState
from congress.domain.errors import Refused
from congress.domain.letter_texts import strange_link
from congress.formats.letters import Wording
from congress.queries import congresses
from congress.services.calling import answering
from congress.web import access, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.circular_form import LONGEST_TEXT, is_key, new_key


@dataclass
class Letter:
    """The text in each language that is needed, as typed."""

    entries: dict[str, Entry]
    key: str = field(default_factory=new_key)

    @property
    def texts(self) -> dict[str, str]:
        """What is written, by language."""
        return {language: entry.value for language, entry in self.entries.items()}

    @property
    def mark(self) -> str:
        """What tells these words from others: nothing is sent that was not looked at."""
        return hashlib.sha256(repr(sorted(self.texts.items())).encode()).hexdigest()[:16]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence."""
        return [error for entry in self.entries.values() for error in told(entry)]

    def read(self, sent: Mapping[str, str]) -> None:
        """Take over what was typed."""
        for entry in self.entries.values():
            _read(entry, sent.get(entry.name, entry.value))
        key = sent.get("form_key", "")
        if is_key(key):
            self.key = key


def usual_letter(proposals: Sequence[Proposal], usual: Callable[[str], str]) -> Letter:
    """Return the form with what such letters `usual`ly say, in the languages of their readers."""
    needed = sorted({each.mail_language for each in proposals})
    labels = {"de": _("Text (German)"), "en": _("Text (English)")}
    return Letter(
        {
            language: Entry(f"text_{language}", labels[language], usual(language), required=True)
            for language in needed
        }
    )


def why_not_sent(refusal: Refused | None, *, is_other: bool) -> str:
    """Return why nothing was sent, in words; `is_other` where the text is not what was shown."""
    if refusal is not None:
        return refusals.text(refusal, access.workspace().zone)
    changed = _("The text was changed. This is the email now; it has not been sent yet.")
    return changed if is_other else ""


def samples(
    letter: Letter, chosen: Sequence[Proposal], wanted: ProposalState
) -> list[tuple[Proposal, Wording]]:
    """Return the letter as it would be sent, to one reader of each language."""
    congress = congresses.with_content(access.workspace())
    first = {each.mail_language: each for each in reversed(chosen)}
    return [
        (each, answering.preview(congress, each, letter.texts, wanted, now=clock.now()))
        for language, each in sorted(first.items())
        if not letter.entries[language].errors
    ]


def _read(entry: Entry, typed: str) -> None:
    read_text(entry, typed, most=LONGEST_TEXT)
    if not entry.value and not entry.errors:
        entry.errors.append(_("Please enter what you want to write."))
    if link := strange_link(entry.value):
        entry.errors.append(
            _(
                "“%(link)s” is not a whole address that begins with https://. Please enter it "
                "like this, or leave it out.",
                link=link,
            )
        )
