"""The form of an application for a course: who applies, whom they name, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from congress import extensions
from congress.domain.network.course_applications import (
    LONGEST_MOTIVATION,
    Applicant,
    Application,
    Call,
    Content,
    NamedTwice,
    require_people,
)
from congress.domain.registration_request import PRIVACY_NOTICE
from congress.web import refusals
from congress.web.call.proposal_form import obstacles_of
from congress.web.entries import TICKED, Entry, read_address, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.obstacles import TRAP
from congress.web.registration.person import refuse_web_address

LONGEST_LINE = 200
PERSON = ("given_name", "family_name", "function", "email")


@dataclass
class CourseForm:
    """Everything on the page, as typed.

    Without a token it corrects what was sent before: then neither municipality, address nor
    consent is asked for. Whoever is `known` applies for their own municipality.
    """

    entries: dict[str, Entry]
    people: list[dict[str, Entry]]
    token: FormToken | None = None
    before: Application | None = None
    known: str = ""  # the municipality of whoever has logged in
    obstacles: list[str] = field(default_factory=list)
    content: Content | None = None

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        if "organisation" in self.entries:
            missing = _("Please enter the name of your municipality.")
            said = posted.get("organisation", "")
            read_line(self["organisation"], said, most=LONGEST_LINE, missing=missing)
            refuse_web_address(self["organisation"])
        applicant = self._read_person(self.entries, posted)
        people = tuple(self._read_person(each, posted) for each in self.people)
        read_text(self["motivation"], posted.get("motivation", ""), most=LONGEST_MOTIVATION)
        if not self["motivation"].value and not self["motivation"].errors:
            self["motivation"].errors.append(_("Please say in some sentences what you want to do."))
        self._tick(
            "supported", posted, _("Please confirm that your head of administration agrees.")
        )
        if self.token is not None:
            sentence = _("Please confirm that you have read the privacy notice.")
            self._tick(PRIVACY_NOTICE, posted, sentence)
            self.obstacles += obstacles_of(self.token, is_trapped=bool(posted.get(TRAP)))
        if not self.errors:
            try:
                require_people(people, len(self.people))
            except NamedTwice as refusal:
                self.people[-1]["family_name"].errors.append(refusals.text(refusal))
        self.content = Content(applicant, people, self["motivation"].value)
        return not self.errors

    def _tick(self, name: str, posted: Mapping[str, str], missing: str) -> None:
        self[name].value = TICKED if posted.get(name) == TICKED else ""
        if not self[name].value:
            self[name].errors.append(missing)

    def _read_person(self, entries: Mapping[str, Entry], posted: Mapping[str, str]) -> Applicant:
        missing = {
            "family_name": _("Please enter the name."),
            "function": _("Please enter the function."),
        }
        for name in ("given_name", "family_name", "function"):
            entry = entries[name]
            said = posted.get(entry.name, "")
            read_line(entry, said, most=LONGEST_LINE, missing=missing.get(name, ""))
            refuse_web_address(entry, is_name=name != "function")
        if "email" in entries:
            entry, is_demo = entries["email"], extensions.settings().is_demo
            email = read_address(entry, posted.get(entry.name, ""), is_demo=is_demo)
        else:
            email = self.before.applicant.email if self.before else ""
        told = {name: entries[name].value for name in ("given_name", "family_name", "function")}
        return Applicant(**told, email=email)

    @property
    def organisation(self) -> str:
        """The municipality as it is to be stored."""
        if self.before is not None:
            return self.before.organisation
        return self.known or self["organisation"].value

    @property
    def privacy(self) -> Entry:
        """The box of the privacy notice."""
        return self[PRIVACY_NOTICE]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence that names the field."""
        listed: list[tuple[str | None, str]] = [(None, each) for each in self.obstacles]
        last = ("motivation", "supported", PRIVACY_NOTICE)
        first = [entry for name, entry in self.entries.items() if name not in last]
        end = [self.entries[name] for name in last if name in self.entries]
        listed += [error for entry in first for error in told(entry)]
        # Each of them has a name and an address: the sentence says whose it means.
        listed += [
            (target, _("Person %(number)d, %(sentence)s", number=number, sentence=sentence))
            for number, each in enumerate(self.people, start=1)
            for entry in each.values()
            for target, sentence in told(entry)
        ]
        return listed + [error for entry in end for error in told(entry)]


def course_form(
    call: Call,
    token: FormToken | None,
    *,
    before: Application | None = None,
    known: str = "",
    applicant: Applicant | None = None,
) -> CourseForm:
    """Return the form: empty, with what is known of whoever applies, or with what was said."""
    entries = _person("")
    if before is not None:
        del entries["email"]
    elif not known:
        organisation = Entry("organisation", _("Municipality"), required=True)
        entries = {"organisation": organisation} | entries
    entries["motivation"] = Entry(
        "motivation", _("Why do you want to take part, and what do you want to do?"), required=True
    )
    entries["supported"] = Entry(
        "supported", _("Our head of administration supports this application."), required=True
    )
    if token is not None:
        entries[PRIVACY_NOTICE] = Entry(PRIVACY_NOTICE, _("Privacy notice"), required=True)
    people = [_person(f"person{number}_") for number in range(1, call.people + 1)]
    form = CourseForm(entries, people, token, before, known)
    if applicant is not None:
        _fill(form.entries, applicant)
    if before is not None:
        _fill(form.entries, before.applicant)
        form["motivation"].value, form["supported"].value = before.motivation, TICKED
        for of_one, named in zip(people, before.coming, strict=False):
            _fill(of_one, named)
    return form


def _person(prefix: str) -> dict[str, Entry]:
    labels = {
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "function": _("Function"),
        "email": _("Email"),
    }
    return {
        name: Entry(f"{prefix}{name}", labels[name], required=name != "given_name")
        for name in PERSON
    }


def _fill(entries: Mapping[str, Entry], person: Applicant) -> None:
    for name in PERSON:
        if name in entries:
            entries[name].value = getattr(person, name)
