"""Declining proposals, one or all that are left: the letter is written, looked at, sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import calls as rules
from congress.domain.calls import Proposal, ProposalSettled
from congress.domain.errors import Refused
from congress.domain.letter_texts import strange_link
from congress.formats import proposal_words
from congress.queries import calls as queries
from congress.queries import congresses
from congress.services.calling import answering
from congress.services.calling.answering import Answer
from congress.web import access, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame
from congress.web.organiser.circular_form import LONGEST_TEXT, is_key, new_key

REFUSED, LATE = 422, 409


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


def decline_one(proposal_id: int) -> ResponseReturnValue:
    """Show the letter that declines a proposal, or send it."""
    found = queries.find_proposal(access.workspace().id, proposal_id) or abort(404)
    return _decline(f"/call/proposals/{proposal_id}", proposal_id, found.proposal)


def decline_rest() -> ResponseReturnValue:
    """Show the letter to all who have no answer, or send it."""
    return _decline("/call/proposals", None)


def _decline(
    back: str, proposal_id: int | None, one: Proposal | None = None
) -> ResponseReturnValue:
    chosen = queries.undecided(access.workspace().id, proposal_id)
    letter = _letter(chosen or [one] if one else chosen)
    if request.method == "GET":
        return _show(back, chosen, letter)
    is_sending = request.form.get("step") == "send"
    for entry in letter.entries.values():
        _read(entry)
    if letter.errors:
        return _show(back, chosen, letter), REFUSED
    if not is_sending:
        return _show(back, chosen, letter)
    key = request.form.get("form_key", "")
    if is_key(key):
        letter.key = key
    if request.form.get("shown") != letter.mark and chosen:
        return _show(back, chosen, letter, is_other=True), LATE
    answer = Answer(letter.texts, request.form.get("seen", ""), letter.key)
    try:
        number = answering.decline(
            access.workspace().id,
            answer,
            proposal_id=proposal_id,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(back, chosen, letter, refusal=refusal), LATE
    done = ngettext(
        "Declined. %(num)d email goes out shortly.",
        "Declined. %(num)d emails go out shortly.",
        number,
    )
    return frame.done(done if number else _("This had been sent already."), back)


def _letter(proposals: Sequence[Proposal]) -> Letter:
    """Return the form with what such letters usually say, in the languages of their readers."""
    needed = sorted({each.mail_language for each in proposals})
    labels = {"de": _("Text (German)"), "en": _("Text (English)")}
    return Letter(
        {
            language: Entry(
                f"text_{language}",
                labels[language],
                proposal_words.declining(language),
                required=True,
            )
            for language in needed
        }
    )


def _read(entry: Entry) -> None:
    read_text(entry, request.form.get(entry.name, entry.value), most=LONGEST_TEXT)
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


def _show(
    back: str,
    chosen: Sequence[Proposal],
    letter: Letter,
    *,
    refusal: Refused | None = None,
    is_other: bool = False,
) -> str:
    congress = congresses.with_content(access.workspace())
    first = {each.mail_language: each for each in reversed(chosen)}
    if not chosen and refusal is None:
        refusal = ProposalSettled()
    told_other = _("The text was changed. This is the email now; it has not been sent yet.")
    samples = [
        (each, answering.preview(congress, each, letter.texts, now=clock.now()))
        for language, each in sorted(first.items())
        if not letter.entries[language].errors
    ]
    return frame.page(
        "decline.html",
        current="programme",
        back=back,
        chosen=chosen,
        is_one=back != "/call/proposals",
        letter=letter,
        samples=samples,
        seen=rules.mark_of(chosen),
        error=refusals.text(refusal) if refusal else told_other if is_other else "",
    )
