"""The form of an info mail of the network: whom it is for, subject and text."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from congress.domain.mails.mailings import OF_NETWORK, Audience, To, unknown_in
from congress.domain.texts import written
from congress.queries.mailings import WrittenMailing
from congress.services.mails.mailings import Content
from congress.web.entries import Entry, read_id, read_line
from congress.web.languages import gettext as _
from congress.web.network import mail_words
from congress.web.organiser import placeholder_words
from congress.web.organiser.circular_form import WordsForm
from congress.web.organiser.filters import member

LONGEST_TEXT, LONGEST_LINE = 10_000, 100
SEVERAL = ("roles", "standings", "regions", "districts")


@dataclass
class Ticked:
    """Boxes of one name, as they were ticked."""

    name: str
    data: list[str] = field(default_factory=list)


@dataclass
class NetworkMailForm(WordsForm):
    """Everything on the page, as typed; `version` is that of what the form was opened with."""

    version: int = 0
    to: Entry = field(default_factory=lambda: Entry("to", _("To"), required=True))
    cohort: Entry = field(default_factory=lambda: Entry("cohort", _("Training")))
    ticked: dict[str, Ticked] = field(
        default_factory=lambda: {name: Ticked(name) for name in SEVERAL}
    )

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.to, self.cohort, *super().entries)

    def fill(self, mailing: WrittenMailing) -> None:
        """Show what is stored."""
        audience = mailing.audience
        self.version = mailing.version
        self.subject.value, self.text.value = mailing.subject["de"], mailing.text["de"]
        self.subject_en.value = mailing.subject.get("en", "")
        self.text_en.value = mailing.text.get("en", "")
        self.to.value = audience.to
        self.cohort.value = str(audience.cohort_id or "")
        for name in SEVERAL:
            self.ticked[name].data = list(getattr(audience, name))

    def read(self, posted: MultiDict[str, str], offered: dict[str, mail_words.Choices]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.version = read_id(posted.get("version", "")) or 0
        for entry in (self.to, self.cohort):
            read_line(entry, posted.get(entry.name, ""), most=LONGEST_LINE)
        for name in SEVERAL:
            sent = set(posted.getlist(name))
            self.ticked[name].data = [value for value, _said in offered[name] if value in sent]
        self.read_words(posted, most=LONGEST_TEXT)
        self._check(offered)
        return not self.errors

    def to_content(self) -> Content:
        """Return the checked contents."""
        to = To(self.to.value)
        chosen: dict[str, Any] = {}
        if to is To.CONTACTS:
            chosen = {name: tuple(self.ticked[name].data) for name in SEVERAL}
        elif to is To.COHORT:
            chosen = {"cohort_id": int(self.cohort.value)}
        return Content(
            subject=written({"de": self.subject.value, "en": self.subject_en.value}),
            text=written({"de": self.text.value, "en": self.text_en.value}),
            audience=Audience(to=to, **chosen),
        )

    def _check(self, offered: dict[str, mail_words.Choices]) -> None:
        to = member(To, self.to.value)
        if to not in OF_NETWORK:
            self.to.errors.append(_("Please choose one of these."))
            return
        if to is To.COHORT and self.cohort.value not in dict(offered["cohort"]):
            self.cohort.errors.append(_("Please choose the training whose participants you mean."))
        for subject, text in ((self.subject, self.text), (self.subject_en, self.text_en)):
            if wrong := unknown_in(subject.value, "", to):
                subject.errors.append(placeholder_words.unknown(wrong))
            if wrong := unknown_in("", text.value, to):
                text.errors.append(placeholder_words.unknown(wrong))
