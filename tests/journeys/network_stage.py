"""What the pages of the network show in their tests: a member at work, and all that is open."""
# ruff: noqa: ANN401 - columns have many types

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from congress import clock
from congress.domain.access import COMMAND
from congress.domain.network.access import NetworkRole
from congress.domain.network.funder_report import Period
from congress.domain.tokens import ApplicationLink, CourseLink, MunicipalityLink, TokenPurpose
from congress.extensions import db
from congress.models import (
    Congress,
    Membership,
    OutboxMessage,
    Registration,
    User,
)
from congress.services import contributor_codes, contributor_links, tokens
from congress.services.logins import accounts
from congress.services.network import contact_links, releasing_figures
from congress.services.planning import inviting, releasing
from congress.services.tokens import fresh
from congress.transaction import transaction
from tests import builders
from tests.builders import BERLIN
from tests.courses import a_course_application, a_course_call
from tests.guests import an_invitation
from tests.journeys.stage import UNBROKEN, application
from tests.land_questions import a_question, a_same_question, an_answered_question
from tests.market import a_party, an_agreement, an_entry
from tests.materials import a_material, a_recommendation
from tests.module_tasks import a_hand_in, a_task
from tests.network import (
    a_check,
    a_contact,
    a_contact_note,
    a_document,
    a_domain,
    a_membership,
    an_alias,
    an_application,
    an_organisation,
)
from tests.network_mails import a_network_mail, an_archived_mail
from tests.projects import a_part, a_project, a_project_document
from tests.texts import a_comment, a_text, a_version
from tests.topics import a_ballot, a_round, a_topic

DAY, MONTH = timedelta(days=1), timedelta(weeks=4)
CONTACT, TRAINER = "contact@example.org", "trainer@example.org"
BODY = {
    "de": "# Ziele\n\nWir fördern Ehrenamt.\n\n# Wege\n\n- Ansprechperson\n- Ehrenamtskarte",
    "en": "# Aims\n\nWe promote volunteering.\n\n# Ways\n\n- contact person\n- volunteer card",
}
DRAFT = {name: f"{said}\n\n# {UNBROKEN}\n\nNeu." for name, said in BODY.items()}


@dataclass(frozen=True)
class NetworkStage:
    """Where what can be seen: what stands for the names in an address."""

    url: str
    folder: Path
    names: dict[str, str]


def set_network_stage(folder: Path, url: str) -> NetworkStage:
    """Put a year of the network into the database of a house.

    Events: meeting (topics are proposed), voting, course, partnering, stalls.
    """
    with application(folder):
        # Rows are stored one by one, read first, while the worker of the house writes as well.
        db.engine.update_execution_options(congress_writing=True)
        now = clock.now()
        town = an_organisation(f"Stadt {UNBROKEN}", district="05566")
        other = an_organisation("Stadt Werne")
        names: dict[str, object] = _register(town, other, now)
        names |= _meetings(town, other, now)
        names |= _course(town, now)
        names |= _stalls(now)
        names |= _texts(town, other, now.date())
        names |= _questions(town, other)
        names |= _projects(town, other)
        names |= _mails(now)
        names |= _colleague(now)
        return NetworkStage(url, folder, {name: str(value) for name, value in names.items()})


def log_in_as_contact(page: Page, stage: NetworkStage) -> None:
    """Have the code sent to the contact person and type it."""
    _log_in(page, stage, f"/municipality/{stage.names['own']}/login", "contact_code", CONTACT)


def log_in_as_trainer(page: Page, stage: NetworkStage) -> None:
    """Have the code sent to the trainer and type it."""
    login = f"/contribution/{stage.names['trainer']}/login"
    _log_in(page, stage, login, "contributor_code", TRAINER)


def _log_in(page: Page, stage: NetworkStage, login: str, kind: str, email: str) -> None:
    page.goto(stage.url + login)
    page.locator("main form button").first.click()
    latest = select(OutboxMessage).where(
        OutboxMessage.kind == kind, OutboxMessage.recipient == email
    )
    with application(stage.folder):
        mail = db.session.scalars(latest.order_by(OutboxMessage.id.desc())).first()
        assert mail is not None
        of_kind = contact_links if kind == "contact_code" else contributor_codes
        code = of_kind.code_for(mail.facts, mail.recipient) or ""
    page.locator("#code").fill(code)
    page.locator("main form:has(#code) button").first.click()


def _register(town: Any, other: Any, now: datetime) -> dict[str, object]:
    """The two members, who speaks for the first, and what the office noted."""
    a_membership(town)
    a_membership(other)
    contact = a_contact(town, "Anna", UNBROKEN, email=CONTACT)
    deputy = a_contact(town, "Dora", "Deputy", role="deputy")
    a_contact(other, "Emil", "Ende", ends_on=now.date() + MONTH)
    an_alias(town, "Musterbeispiel an der Ems")
    domain = a_domain(town, "rheine.example")
    note = a_contact_note(town, text=UNBROKEN, day=now.date(), follow_up_on=now.date() + DAY)
    proof = a_document(town)
    a_check(town, document_id=proof.id)
    application = an_application(organisation=UNBROKEN, created_at=now, changed_at=now)
    a_document(application=application)
    return {
        "town": town.id,
        "other": other.id,
        "contact": contact.id,
        "deputy": deputy.id,
        "domain": domain.id,
        "note": note.id,
        "record": _membership_of(town),
        "application": application.id,
        "own": _linked(contact, MunicipalityLink.CONTACT),
        "applying": _linked(application, ApplicationLink.APPLICANT),
    }


def _meetings(town: Any, other: Any, now: datetime) -> dict[str, object]:
    """A meeting to which topics are proposed, and one whose topics are voted on."""
    today = now.date()
    first = _event(now, "meeting", 2 * MONTH, kind="network_meeting", title="Herbsttreffen")
    second = _event(now, "voting", MONTH, kind="network_meeting", title="Frühjahrstreffen")
    proposing = a_round(first, **_days(today + DAY, today + 2 * DAY, today + 9 * DAY))
    voting = a_round(second, points=3, **_days(today - 2 * DAY, today - DAY, today + 9 * DAY))
    topic = a_topic(proposing, town, f"Ehrenamtskarte {UNBROKEN}")
    voted, declined = a_topic(voting, town), a_topic(voting, other, "Vereinsrecht")
    a_topic(voting, other, "Haushalt", state="declined", reason="Das gab es schon.")
    a_ballot(voted, other, points=3)
    _delegate(first, town)
    return {"topic": topic.id, "voted": voted.id, "further": declined.id}


def _days(proposals_until: date, votes_from: date, votes_until: date) -> dict[str, date]:
    return {
        "proposals_until": proposals_until,
        "votes_from": votes_from,
        "votes_until": votes_until,
    }


def _course(town: Any, now: datetime) -> dict[str, object]:
    """A course of four modules that began, and a workshop to which partners are invited."""
    course = _event(
        now,
        "course",
        -MONTH,
        kind="training",
        title="Entwicklungswerkstatt",
        count=4,
        capacity=20,
        rules={"certificate_from": 80},
    )
    people = [
        _delegate(course, town, given_name=name, family_name=UNBROKEN) for name in ("Ida", "Jan")
    ]
    tokens.renew(people[0].id, now=now)
    first = course.days[0].day
    item = builders.an_item(course, title="Modul 1", starts_at=course.days[0].starts_at)
    builders.a_workshop(course, starts_at=course.days[1].starts_at)
    title = {"de": f"Profil der Kommune {UNBROKEN}", "en": "Profile"}
    task = a_task(course, day=first, due_on=first + DAY, title=title, text={"de": "Eine Seite."})
    a_hand_in(task, people[1], url="https://example.org/profil")
    a_task(course, day=course.days[2].day, due_on=course.days[2].day, whose="organisation")
    a_material(course, item_id=item.id, is_published=True)
    a_recommendation(course, is_published=True)
    partnering = _event(
        now, "partnering", MONTH, kind="topic_workshop", title="Themenworkshop vor Ort"
    )
    with transaction():
        partnering.rules = {"partners_most": 3}
    partner = an_invitation(partnering, family_name=UNBROKEN, named_by_id=town.id)
    selecting = _event(now, "selecting", 3 * MONTH, kind="training", title="Jahrgang", capacity=20)
    closes_at = now + MONTH
    a_course_call(selecting, closes_at=closes_at)
    with transaction():
        selecting.closes_at = closes_at
    said = {"organisation": UNBROKEN, "motivation": "Wir wollen lernen. " * 9, "created_at": now}
    applied = a_course_application(selecting, **said)
    a_course_application(selecting, organisation_id=town.id, organisation=town.name)
    return {
        "task": task.id,
        "person": people[0].id,
        "participant": tokens.token_for(people[0].id, TokenPurpose.MANAGE) or "",
        "partner": partner.id,
        "trainer": _trainer(course, item, now),
        "course_application": applied.id,
        "course_applying": _linked(applied, CourseLink.APPLICANT),
    }


def _trainer(course: Congress, item: Any, now: datetime) -> str:
    """Let somebody lead a module; returns the secret of the personal page."""
    part = builders.a_contribution(item, "Tina Trainer", role="trainer", state="confirmed")
    person = part.person.id
    inviting.set_address(course.id, person, TRAINER, "de", actor=COMMAND, now=now)
    seen = inviting.preview(course.id, [person], now=now).seen
    inviting.invite(course.id, [person], seen=seen, actor=COMMAND, now=now)
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.recipient == TRAINER)).one()
    releasing.release(course.id, actor=COMMAND, now=now)
    return str(contributor_links.link_for(mail.facts, mail.recipient)).rpartition("/")[2]


def _stalls(now: datetime) -> dict[str, object]:
    """A marketplace with offers and an agreement, and somebody who takes part."""
    market = _event(now, "stalls", MONTH, kind="market", title="Gute Geschäfte")
    guest = builders.a_registration(market, family_name=UNBROKEN, organisation="Sparkasse")
    tokens.renew(guest.id, now=now)
    giver = a_party(market, f"Sparkasse {UNBROKEN}", registration_id=guest.id)
    taker = a_party(market, "Tafel", sector="civil")
    entry = an_entry(giver, title=f"Zehn Leute {UNBROKEN}", text="Am Samstag.")
    an_entry(taker, side="demand", title="Neuer Zaun", is_published=False)
    return {
        "party": giver.id,
        "entry": entry.id,
        "agreement": an_agreement(giver, taker).id,
        "trader": tokens.token_for(guest.id, TokenPurpose.MANAGE) or "",
    }


def _texts(town: Any, other: Any, today: date) -> dict[str, object]:
    """A text in its third version: adopted, in comment, and a draft beside it."""
    text = a_text(title="Qualitätskriterien", code="kriterien")
    a_version(text, 1, body=BODY)
    open_until = {"comments_from": today - DAY, "comments_until": today + MONTH}
    second = a_version(text, 2, "in_comment", body=DRAFT, changes={"de": "Neu."}, **open_until)
    said = a_comment(second, town, body=f"Mehr Mut. {UNBROKEN}")
    a_comment(second, other, answer="accepted", answer_words="Danke.", answered_at=builders.MADE)
    draft = a_text(title=f"Handlungskonzept {UNBROKEN}", code="konzept", kind="plan_of_action")
    a_version(draft, 1, "draft", body=BODY)
    return {"text": text.id, "draft": draft.id, "comment": said.id}


def _questions(town: Any, other: Any) -> dict[str, object]:
    """One question of each state."""
    own = a_question(town, f"Wer haftet bei Festen? {UNBROKEN}", text={"de": "Vor Ort."})
    a_same_question(own, other)
    theirs = a_question(other, "Wer zahlt die Karte?")
    answered = an_answered_question(other, f"Wer zahlt? {UNBROKEN}")
    return {"question": own.id, "further_question": theirs.id, "answered": answered.id}


def _projects(town: Any, other: Any) -> dict[str, object]:
    """A project that runs and one that was proposed."""
    summary = {"de": "Wir sammeln, was wirkt.", "en": "We collect what works."}
    project = a_project(f"Engagement {UNBROKEN}", code="kreise", summary=summary)
    a_part(project, town, "lead")
    a_part(project, other)
    proposed = a_project("Pflege vor Ort", state="proposed", is_published=False)
    a_part(proposed, town, "lead")
    document = a_project_document(project)
    return {"project": project.id, "proposed": proposed.id, "document": document.id}


def _mails(now: datetime) -> dict[str, object]:
    """An info mail that waits to be sent, and one that everybody reads in the archive."""
    subject = {"de": f"Treffen im Mai {UNBROKEN}", "en": "Meeting in May"}
    text = {"de": "Liebe {Vorname},\n\nwir **treffen** uns.", "en": "We **meet**."}
    mailing = a_network_mail(subject=subject, text=text)
    sent = {"state": "sent", "started_at": now, "finished_at": now, "total": 1, "done": 1}
    archived = a_network_mail(subject=subject, text=text, **sent)
    an_archived_mail(archived)
    return {"mailing": mailing.id, "sent": archived.id}


def _colleague(now: datetime) -> dict[str, object]:
    """Somebody of the office's team, and figures that everybody may read."""
    year = now.year - 1
    releasing_figures.release(Period(year, year), BERLIN, actor=COMMAND, now=now)
    user = accounts.invite("netz@example.org", actor=COMMAND, now=now)
    with transaction():
        db.session.get_one(User, user).network_role = NetworkRole.COORDINATION
    return {"colleague": user, "year": year}


def _event(
    now: datetime,
    slug: str,
    ahead: timedelta,
    *,
    kind: str,
    title: str,
    count: int = 1,
    **values: Any,
) -> Congress:
    """Store a public event whose first day is so far ahead; several days lie a month apart."""
    begins = now.replace(hour=8, minute=0, second=0, microsecond=0) + ahead
    days = [
        (start, start + timedelta(hours=7)) for start in (begins + MONTH * n for n in range(count))
    ]
    closes = {"opens_at": now - 3 * MONTH, "closes_at": days[-1][0] - DAY}
    texts = {"de": title, "en": title}
    return builders.a_congress(slug=slug, kind=kind, title=texts, days=days, **closes | values)


def _delegate(congress: Congress, town: Any, **values: Any) -> Registration:
    facts = {"organisation": town.name, "organisation_id": town.id}
    facts |= {"organisation_key": town.name_key}
    return builders.a_registration(congress, **facts | values)


def _membership_of(town: Any) -> int:
    return int(db.session.scalars(select(Membership.id).filter_by(organisation_id=town.id)).one())


def _linked(row: Any, purpose: Any) -> str:
    """Let somebody have a link to the own page, and return its secret."""
    token, kept = fresh(purpose)
    with transaction():
        row.nonce, row.key_id, row.digest = kept["nonce"], kept["key_id"], kept["digest"]
    return token
