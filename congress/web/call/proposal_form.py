"""The form of a call: who proposes what, checked entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from congress import extensions
from congress.domain.calls import (
    FITTINGS,
    LONGEST_ABSTRACT,
    LONGEST_NEEDS,
    LONGEST_PHONE,
    Call,
    Content,
    ProposalKind,
)
from congress.domain.programme import LONGEST_LINE
from congress.domain.registration_request import PRIVACY_NOTICE
from congress.web.call import proposal_words
from congress.web.entries import TICKED, Entry, read_address, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration.form_tokens import Age, FormToken
from congress.web.registration.obstacles import TRAP
from congress.web.registration.person import refuse_web_address

LANGUAGES = ("de", "en")


@dataclass
class ProposalForm:
    """Everything on the page, as typed.

    Without a token it corrects what was proposed before: then neither address nor consent is
    asked for.
    """

    entries: dict[str, Entry]
    kinds: tuple[ProposalKind, ...]
    token: FormToken | None = None
    email: str = ""
    obstacles: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self._read_lines(posted)
        for name, most in (("abstract", LONGEST_ABSTRACT), ("needs", LONGEST_NEEDS)):
            read_text(self[name], posted.get(name, ""), most=most)
        _ask_for(self["abstract"], _("Please describe in some sentences what you propose."))
        self._read_choices(posted)
        for name in FITTINGS:
            self[name].value = TICKED if posted.get(name) == TICKED else ""
        if self.token is not None:
            self._read_email_and_consent(posted)
            self.obstacles += obstacles_of(self.token, is_trapped=bool(posted.get(TRAP)))
        return not self.errors

    def _read_lines(self, posted: Mapping[str, str]) -> None:
        missing = {
            "name": _("Please enter your name."),
            "title": _("Please enter a title."),
        }
        for name in ("name", "organisation", "phone", "title"):
            most = LONGEST_PHONE if name == "phone" else LONGEST_LINE
            sentence = missing.get(name, "")
            read_line(self[name], posted.get(name, ""), most=most, missing=sentence)
        # They go into mails and, once accepted, onto public pages.
        refuse_web_address(self["name"], is_name=True)
        for name in ("organisation", "title"):
            refuse_web_address(self[name])

    def _read_choices(self, posted: Mapping[str, str]) -> None:
        for name, known, missing in (
            ("kind", self.kinds, _("Please choose what you propose.")),
            ("language", LANGUAGES, _("Please choose one of the languages.")),
        ):
            entry = self[name]
            entry.value = next((str(each) for each in known if each == posted.get(name)), "")
            _ask_for(entry, missing)

    def _read_email_and_consent(self, posted: Mapping[str, str]) -> None:
        is_demo = extensions.settings().is_demo
        self.email = read_address(self["email"], posted.get("email", ""), is_demo=is_demo)
        privacy = self[PRIVACY_NOTICE]
        privacy.value = TICKED if posted.get(PRIVACY_NOTICE) == TICKED else ""
        _ask_for(
            privacy,
            _(
                "Please confirm that you have read the privacy notice. Otherwise we cannot accept "
                "your proposal."
            ),
        )

    @property
    def privacy(self) -> Entry:
        """The box of the privacy notice."""
        return self[PRIVACY_NOTICE]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence that names the field."""
        listed: list[tuple[str | None, str]] = [(None, each) for each in self.obstacles]
        return listed + [error for entry in self.entries.values() for error in told(entry)]

    def to_content(self) -> Content:
        """Return the checked contents."""
        names = ("name", "organisation", "phone", "title", "abstract", "needs", "language")
        said: dict[str, Any] = {name: self[name].value for name in names}
        said |= {name: bool(self[name].value) for name in FITTINGS}
        return Content(kind=ProposalKind(self["kind"].value), **said)

    @property
    def fittings(self) -> list[Entry]:
        """What a stand can be given; nothing where no stand can be proposed."""
        return [self[name] for name in FITTINGS] if ProposalKind.STAND in self.kinds else []


def proposal_form(call: Call, token: FormToken | None, content: Content | None) -> ProposalForm:
    """Return the form: empty, or with what was proposed before."""
    said = vars(content) if content else {"language": "de"}
    entries = [
        Entry("kind", _("What do you propose?"), required=True),
        Entry("title", _("Title"), required=True),
        Entry("abstract", _("What is it about?"), required=True),
        Entry("needs", _("What do you need? (room, equipment)")),
        *(Entry(name, proposal_words.fitting(name)) for name in FITTINGS),
        Entry("language", _("In which language?"), required=True),
        Entry("name", _("Your name"), required=True),
        Entry("organisation", _("Organisation")),
        Entry("phone", _("Telephone")),
    ]
    if token is not None:
        entries.insert(-1, Entry("email", _("Email"), required=True))
        entries.append(Entry(PRIVACY_NOTICE, _("Privacy notice"), required=True))
    for entry in entries:
        value = said.get(entry.name, "")
        entry.value = (TICKED if value else "") if entry.name in FITTINGS else str(value)
    kinds = call.kinds
    if content is not None and content.kind not in kinds:
        kinds = (*kinds, content.kind)
    if len(kinds) == 1 and content is None:
        entries[0].value = kinds[0]
    return ProposalForm({entry.name: entry for entry in entries}, kinds, token)


def obstacles_of(token: FormToken, *, is_trapped: bool) -> list[str]:
    """Return what stands in the way of a form as a whole."""
    found = []
    if is_trapped:
        found.append(
            _(
                "A hidden field was filled in, perhaps by a program that completes forms "
                "for you. It has been emptied again."
            )
        )
    if token.age is Age.TOO_YOUNG:
        found.append(
            _(
                "A great many forms are coming in at the moment, so this one has not "
                "been accepted yet."
            )
        )
    elif token.age is Age.TOO_OLD:
        found.append(
            _("The form was open for more than a day. Please check it and submit it again.")
        )
    elif token.age is Age.UNKNOWN:
        found.append(_("Part of it did not arrive. Please check your entries."))
    return found


def _ask_for(entry: Entry, sentence: str) -> None:
    if entry.required and not entry.value and not entry.errors:
        entry.errors.append(sentence)
