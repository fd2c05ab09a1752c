"""The public form of an application for membership, checked entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import FileStorage

from congress import extensions
from congress.domain.errors import Refused
from congress.domain.network.applications import Applicant, Application
from congress.domain.network.conditions import LONGEST_EVIDENCE, Check, Condition, Held
from congress.domain.planning.materials import (
    LARGEST_MATERIAL,
    MaterialFile,
    MaterialKind,
    WrongKindOfMaterial,
)
from congress.domain.registration_request import PRIVACY_NOTICE
from congress.formats.materials import read_material
from congress.services.network.applying import Said
from congress.web import refusals
from congress.web.call.proposal_form import obstacles_of
from congress.web.entries import TICKED, Entry, read_address, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.network.frame import today
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.obstacles import TRAP
from congress.web.registration.person import refuse_web_address

ENDPOINTS = frozenset({"network.apply", "network.correct_application"})
LARGEST_FORM = 4 * LARGEST_MATERIAL  # so that a scan that is too large gets a sentence
LONGEST_LINE, LONGEST_PHONE, LONGEST_DAY = 200, 50, 40
NAMES = ("given_name", "family_name")


@dataclass
class ApplyForm:
    """Everything on the page, as typed.

    Without a token it corrects what was sent before: then neither organisation, address nor
    consent is asked for.
    """

    entries: dict[str, Entry]
    token: FormToken | None = None
    before: Application | None = None
    obstacles: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def read(self, posted: Mapping[str, str], sent: FileStorage | None) -> Said | None:
        """Return what was typed, or None where something has to be corrected."""
        self._read_person(posted)
        email = self._read_email(posted)
        checks = self._read_checks(posted)
        file = self._read_file(sent)
        if self.token is not None:
            privacy = self[PRIVACY_NOTICE]
            privacy.value = TICKED if posted.get(PRIVACY_NOTICE) == TICKED else ""
            if not privacy.value:
                privacy.errors.append(_("Please confirm that you have read the privacy notice."))
            self.obstacles += obstacles_of(self.token, is_trapped=bool(posted.get(TRAP)))
        if self.errors:
            return None
        value = {name: entry.value for name, entry in self.entries.items()}
        person = Applicant(
            value["given_name"], value["family_name"], value["function"], value["phone"], email
        )
        organisation = self.before.organisation if self.before else value["organisation"]
        return Said(organisation, person, checks, file)

    def _read_person(self, posted: Mapping[str, str]) -> None:
        if self.before is None:
            missing = _("Please enter the name of the municipality.")
            said = posted.get("organisation", "")
            read_line(self["organisation"], said, most=LONGEST_LINE, missing=missing)
            refuse_web_address(self["organisation"])
        for name in (*NAMES, "function", "phone"):
            most = LONGEST_PHONE if name == "phone" else LONGEST_LINE
            missing = _("Please enter the function.") if name == "function" else ""
            read_line(self[name], posted.get(name, ""), most=most, missing=missing)
            if name != "phone":
                refuse_web_address(self[name], is_name=name in NAMES)
        if not any(self[name].value or self[name].errors for name in NAMES):
            self["family_name"].errors.append(_("Please enter the name of the contact person."))

    def _read_email(self, posted: Mapping[str, str]) -> str:
        if self.before is not None:
            return self.before.applicant.email
        is_demo = extensions.settings().is_demo
        return read_address(self["email"], posted.get("email", ""), is_demo=is_demo)

    def _read_checks(self, posted: Mapping[str, str]) -> tuple[Check, ...]:
        """Take over what is said of each condition; what is ticked wants its evidence."""
        for name in ("contact", "cross_cutting", "declaration"):
            self[name].value = TICKED if posted.get(name) == TICKED else ""
        card = member(Held, posted.get("card", ""))
        self["card"].value = str(card or "")
        if card is None:
            self["card"].errors.append(_("Please choose one of these."))
        for name in ("cross_cutting_words", "card_words"):
            read_text(self[name], posted.get(name, ""), most=LONGEST_EVIDENCE)
        signed_on = self._read_day("signed_on", posted)
        card_since = self._read_day("card_since", posted)
        self._require_evidence(card)
        return (
            Check(Condition.CONTACT, self._held("contact"), words=self["function"].value),
            Check(
                Condition.CROSS_CUTTING,
                self._held("cross_cutting"),
                words=self["cross_cutting_words"].value,
            ),
            Check(Condition.DECLARATION, self._held("declaration"), signed_on),
            Check(Condition.CARD, card or Held.NO, card_since, self["card_words"].value),
        )

    def _held(self, name: str) -> Held:
        return Held.YES if self[name].value else Held.NO

    def _require_evidence(self, card: Held | None) -> None:
        """Ask for what proves what was ticked."""
        anchored, signed = bool(self["cross_cutting"].value), bool(self["declaration"].value)
        wanted = (
            (anchored, "cross_cutting_words", _("Please say in some words how it is anchored.")),
            (signed, "signed_on", _("Please enter the day on which it was signed.")),
            (
                card is Held.YES,
                "card_since",
                _("Please enter since when, for example 1.1.2015."),
            ),
            (
                card is Held.PLANNED,
                "card_words",
                _("Please say by when the introduction is planned."),
            ),
        )
        for is_said, name, sentence in wanted:
            if is_said and not self[name].value and not self[name].errors:
                self[name].errors.append(sentence)

    def _read_day(self, name: str, posted: Mapping[str, str]) -> date | None:
        entry = self[name]
        read_line(entry, posted.get(name, ""), most=LONGEST_DAY)
        day = day_of(entry) if entry.value and not entry.errors else None
        if day is not None and day > today():
            entry.errors.append(_("This day has not come yet."))
        return day

    def _read_file(self, sent: FileStorage | None) -> MaterialFile | None:
        """Return the signed declaration, which is a PDF: whoever signs has a scanner or an app."""
        if sent is None or not sent.filename:
            return None
        content = sent.stream.read(LARGEST_MATERIAL + 1)
        sent.close()
        try:
            file = read_material(sent.filename, content)
        except WrongKindOfMaterial:
            file = None
        except Refused as refusal:
            self["file"].errors.append(refusals.text(refusal))
            return None
        if file is None or file.kind is not MaterialKind.DOCUMENT:
            self["file"].errors.append(_("This file is not a PDF. Please save it as a PDF."))
            return None
        return file

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence that names the field."""
        listed: list[tuple[str | None, str]] = [(None, each) for each in self.obstacles]
        return listed + [error for entry in self.entries.values() for error in told(entry)]

    @property
    def privacy(self) -> Entry:
        """The box of the privacy notice."""
        return self[PRIVACY_NOTICE]


def apply_form(token: FormToken | None, before: Application | None = None) -> ApplyForm:
    """Return the form: empty, or with what was said before."""
    entries = [
        Entry("given_name", _("Given name")),
        Entry("family_name", _("Family name")),
        Entry("function", _("Function"), required=True),
        Entry("phone", _("Telephone")),
        Entry(
            "contact",
            _("This person is the contact person for civic engagement in our administration."),
        ),
        Entry(
            "cross_cutting",
            _("Furthering engagement is anchored in our administration as a cross-cutting task."),
        ),
        Entry("cross_cutting_words", _("How is it anchored?")),
        Entry("declaration", _("We have signed the joint declaration.")),
        Entry("signed_on", _("Signed on")),
        Entry("file", _("Signed declaration as PDF")),
        Entry("card", _("Ehrenamtskarte of the Land"), required=True),
        Entry("card_since", _("Taking part since")),
        Entry("card_words", _("By when is the introduction planned?")),
    ]
    if before is None:
        entries.insert(0, Entry("organisation", _("Municipality"), required=True))
        entries.insert(4, Entry("email", _("Email"), required=True))
        entries.append(Entry(PRIVACY_NOTICE, _("Privacy notice"), required=True))
    form = ApplyForm({entry.name: entry for entry in entries}, token, before)
    if before is not None:
        _fill(form, before)
    return form


def _fill(form: ApplyForm, before: Application) -> None:
    for name in (*NAMES, "function", "phone"):
        form[name].value = getattr(before.applicant, name)
    checks = {each.condition: each for each in before.checks}
    for name in ("contact", "cross_cutting", "declaration"):
        check = checks.get(Condition(name))
        form[name].value = TICKED if check and check.held is Held.YES else ""
    for condition, day, words in (
        (Condition.CROSS_CUTTING, "", "cross_cutting_words"),
        (Condition.DECLARATION, "signed_on", ""),
        (Condition.CARD, "card_since", "card_words"),
    ):
        check = checks.get(condition)
        if check and words:
            form[words].value = check.words
        if check and day and check.shown_on:
            form[day].value = f"{check.shown_on:%d.%m.%Y}"
    card = checks.get(Condition.CARD)
    form["card"].value = str(card.held) if card else ""
