"""What goes to and fro in the network of the demo: questions, calls, info mails, applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from congress import extensions
from congress.cli import demo_moments as demo
from congress.cli.demo_moments import at, german
from congress.cli.demo_proposals import MEETINGS
from congress.domain.access import COMMAND
from congress.domain.mails.mailings import Audience, To
from congress.domain.network.applications import Applicant
from congress.domain.network.conditions import Check, Condition, Held
from congress.domain.network.contact_notes import ContactKind, NoteFacts
from congress.domain.network.funder_report import Period
from congress.domain.network.land_questions import Answer, QuestionFacts
from congress.domain.network.land_questions import Audience as Readers
from congress.domain.network.mails import ArchiveReaders
from congress.domain.network.membership import BELONGING
from congress.queries import mailings as written
from congress.queries.congresses import find_congress, find_heading
from congress.queries.network import (
    applications,
    contact_log,
    land_questions,
    register,
    released_figures,
)
from congress.services.mails import mailing_houses, mailing_steps, mailings
from congress.services.mails.mailings import Content
from congress.services.network import (
    answering_land,
    applying,
    archiving,
    asking_land,
    logging_contacts,
    naming,
    releasing_figures,
)

WEEK = timedelta(weeks=1)
FRIDAY = 4  # as `date.weekday` counts
YEARS = Period(2015, 2016)
OFFICE = "Referat Bürgerschaftliches Engagement"


@dataclass(frozen=True)
class Question:
    """What a town asked around a meeting, who asks the same, and what was answered."""

    town: str
    title: str
    text: str
    meeting: str
    same: Sequence[str]
    answer: str
    readers: Readers = Readers.MEMBERS


QUESTIONS = (
    Question(
        "Kommune 11",
        "Gilt die Ehrenamtskarte auch in der Nachbarkommune?",
        "Engagierte fragen uns das häufig.",
        "netzwerktreffen-2015",
        ("Kommune 6", "Kommune 22"),
        "Ja. Die Ehrenamtskarte gilt in allen Kommunen, die am Programm teilnehmen.",
        Readers.PUBLIC,
    ),
    Question(
        "Stadt Arnsberg",
        "Wann steht der Termin des nächsten Fachkongresses fest?",
        "",
        "netzwerktreffen-2015",
        (),
        "Der Fachkongress findet alle zwei Jahre statt, der nächste also 2017. Den Tag sagen wir "
        "beim nächsten Netzwerktreffen.",
    ),
    Question(
        "Kommune 18",
        "Können wir Beispiele aus der Entwicklungswerkstatt weitergeben?",
        "Unsere Nachbarkommunen haben Interesse.",
        "netzwerktreffen-2016",
        ("Stadt Essen",),
        "Ja, was veröffentlicht ist, dürfen Sie mit Angabe der Quelle weitergeben.",
    ),
)
OPEN = QuestionFacts(
    german("Wird das Handlungskonzept mit Fördermitteln verbunden?"),
    german("Wir planen unseren Haushalt im Herbst."),
    is_named=True,
)


@dataclass(frozen=True)
class Call:
    """A contact so many days ago; what is to follow so many days from now, if anything is."""

    town: str
    kind: ContactKind
    days_ago: int
    topic: str
    text: str = ""
    follow_up_in: int | None = None
    is_done: bool = False


CALLS = (
    Call("Kommune 9", ContactKind.CALL, 3, "Neue Leitung ab nächstem Monat", follow_up_in=0),
    Call("Stadt Rheine", ContactKind.CALL, 12, "Beispiel für den Fachkongress", "", 9),
    Call("Kommune 16", ContactKind.VISIT, 30, "Treffen der Steuerungsgruppe", "", -5, is_done=True),
    Call("Kommune 21", ContactKind.MAIL, 45, "Programm für die Ehrenamtskarte"),
    Call("Kommune 4", ContactKind.CALL, 80, "Teilnahme am Netzwerktreffen"),
)


@dataclass(frozen=True)
class Mail:
    """An info mail of the network, a fortnight after an event; who reads it in the archive."""

    after: str
    to: To
    subject: str
    text: str
    readers: ArchiveReaders | None


MAILS = (
    Mail(
        "netzwerktreffen-2015",
        To.CONTACTS,
        "Ergebnisse und nächste Termine",
        "Die Ergebnisse des Netzwerktreffens stehen auf der Seite der Veranstaltung. Zum "
        "Engagement für Geflüchtete folgt im Februar ein Themenworkshop.",
        ArchiveReaders.MEMBERS,
    ),
    Mail(
        "netzwerktreffen-2016",
        To.CONTACTS,
        "Qualitätskriterien beschlossen",
        "Die Qualitätskriterien sind beschlossen und stehen auf der Seite des Netzwerks.",
        ArchiveReaders.PUBLIC,
    ),
    Mail(
        "entwicklungswerkstatt-2015",
        To.COHORT,
        "Ihre Bescheinigungen",
        "Der Jahrgang ist zu Ende. Wer an mindestens 80 Prozent der Module teilgenommen hat, "
        "findet die Bescheinigung auf der eigenen Seite.",
        None,
    ),
)
ALIASES = (("Stadt Rheine", "Rheine"), ("Stadt Essen", "Essen"), ("Stadt Arnsberg", "Arnsberg"))
DOMAIN = ("Kommune 4", "kommune-4.example.org")


def load_contacts(*, today: date) -> None:
    """Load what is missing of it; some of it is always of the last days."""
    yesterday = today - timedelta(days=1)
    if not land_questions.listed(land_questions.Wanted(), limit=1, offset=0)[1]:
        _ask(yesterday)
    if not contact_log.listed(contact_log.Wanted(), today=today, limit=1)[0]:
        _note_calls(today)
    if not written.of_congress(None):
        for each in MAILS:
            _send(each)
    if not sum(applications.counts().values()):
        _apply(yesterday)
    if not released_figures.releases():
        _name_towns(yesterday)
        zone = ZoneInfo(extensions.settings().timezone)
        releasing_figures.release(YEARS, zone, actor=COMMAND, now=at(yesterday))


def _ask(yesterday: date) -> None:
    days = {each.slug: each.day for each in MEETINGS}
    for each in QUESTIONS:
        heading, day = find_heading(each.meeting), days[each.meeting]
        meeting = heading.id if heading else None
        text = german(each.text) if each.text else {}
        facts = QuestionFacts(german(each.title), text, meeting, is_named=bool(each.same))
        contact = demo.speaker_of(each.town)
        number = asking_land.ask(contact.id, facts, today=day, now=at(day, time(15)))
        for town in each.same:
            asking_land.join(demo.speaker_of(town).id, number, today=day, now=at(day, time(16)))
        answered = day + 3 * WEEK
        answer = Answer(german(each.answer), OFFICE, answered, each.readers)
        question = land_questions.find(number)
        if question is not None:
            answering_land.answer(
                number, answer, version=question.version, actor=COMMAND, now=at(answered)
            )
    contact = demo.speaker_of("Kommune 13")
    asking_land.ask(contact.id, OPEN, today=yesterday, now=at(yesterday))


def _note_calls(today: date) -> None:
    for each in CALLS:
        contact = demo.speaker_of(each.town)
        day = _on_working_day(today - timedelta(days=each.days_ago))
        follow_up = None
        if each.follow_up_in is not None:
            follow_up = today + timedelta(days=each.follow_up_in)
        facts = NoteFacts(
            contact.organisation_id,
            each.kind,
            day,
            each.topic,
            time(10, 30) if each.kind is ContactKind.CALL else None,
            each.text,
            contact.id,
            follow_up,
        )
        number = logging_contacts.add(facts, actor=COMMAND, now=at(day, time(11)))
        if each.is_done and follow_up is not None:
            logging_contacts.finish(number, actor=COMMAND, now=at(follow_up))


def _on_working_day(day: date) -> date:
    """Return a day, or the Friday before where it is at a weekend."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def _send(mail: Mail) -> None:
    congress = find_congress(mail.after)
    if congress is None:
        return
    moment = congress.ends_at + 2 * WEEK
    audience = Audience(to=mail.to, standings=tuple(map(str, BELONGING)))
    if mail.to is To.COHORT:
        audience = Audience(to=mail.to, cohort_id=congress.id)
    content = Content(german(mail.subject), german(mail.text), audience)
    new: dict[str, Any] = {"mailing_id": None, "version": 0}
    number = mailings.save(None, content, **new, actor=COMMAND, now=moment)
    found = written.find(None, number)
    if found is None:
        return
    seen = mailings.mark_of(found, mailing_houses.recipients_of(found, now=moment))
    mailings.send(None, number, seen=seen, actor=COMMAND, now=moment)
    while mailing_steps.next_step(now=moment):
        pass
    if mail.readers:
        archiving.archive(number, mail.readers, actor=COMMAND, now=moment)


def _apply(yesterday: date) -> None:
    """Let a town of the last course apply for membership."""
    checks = (
        Check(Condition.CONTACT, Held.YES, words="N. N., Büro für Engagement"),
        Check(Condition.CROSS_CUTTING, Held.YES, words="Beschluss des Verwaltungsvorstands (Demo)"),
        Check(Condition.DECLARATION, Held.YES, shown_on=yesterday - WEEK),
        Check(Condition.CARD, Held.PLANNED, words="Im nächsten Jahr"),
    )
    applicant = Applicant("N.", "N.", "Büro für Engagement", "", "kommune-24@example.org")
    applying.apply(
        applying.Said("Kommune 24", applicant, checks),
        language="de",
        form_key="demo.membership",
        today=yesterday,
        now=at(yesterday),
    )


def _name_towns(day: date) -> None:
    """Let towns be known by their short names, and one by its mail domain."""
    for name, other in ALIASES:
        if found := register.find_named(name):
            naming.add_alias(found.id, other, actor=COMMAND, now=at(day))
    name, domain = DOMAIN
    if found := register.find_named(name):
        naming.confirm_domain(found.id, domain, actor=COMMAND, now=at(day))
