"""The next edition made from a stored congress."""
# ruff: noqa: ANN401 - the values of a plan have many types

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from congress.base import Base
from congress.domain.access import COMMAND, Actor, ActorKind, Role
from congress.domain.congresses import CongressState
from congress.domain.feedback.survey import as_json as surveyed
from congress.domain.own_questions import as_json, from_json
from congress.domain.planning.next_edition import NotWholeWeeks, StartsInThePast
from congress.models import (
    AuditLine,
    Congress,
    CongressOrganisation,
    CongressRole,
    Contribution,
    Contributor,
    FeedbackSurvey,
    ItemHost,
    MailTemplate,
    Market,
    Person,
    ProgrammeItem,
    QuotaDomain,
    QuotaException,
    QuotaSpelling,
    ReminderSetting,
    Room,
)
from congress.queries.congresses import find_congress
from congress.queries.planning.congress_files import find_open_edition, find_plan
from congress.queries.programme import released_items
from congress.services import registering
from congress.services.logins import accounts
from congress.services.planning.copying import (
    SlugNotUsable,
    SlugTaken,
    UnknownCongress,
    copy_edition,
)
from tests.builders import (
    OPEN,
    QUESTIONS,
    a_call,
    a_congress,
    a_proposal,
    a_request,
    a_workshop,
    add,
    an_organisation,
)
from tests.module_tasks import a_task
from tests.surveys import QUESTIONS as QUESTIONS_ASKED

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def copy(slug: str = "fachkongress", starting: date = date(2027, 1, 20), **values: Any):
    return copy_edition(slug, starting=starting, actor=COMMAND, now=NOW, **values)


def test_the_next_edition_begins_on_the_same_weekday_with_new_identities(session):
    room, paper = "https://meet.example.org/alt", {"2015-10-21": "lunch"}
    last = a_congress(
        venue={"de": "Rathaus"}, address="Markt 1", taken=3, online_link=room, paper=paper
    )
    a_workshop(last, code="ws", taken=3)
    an_organisation(congress=last)
    copied = copy()
    assert copied.slug == "fachkongress-2027"
    edition = find_congress(copied.slug)
    assert edition.starts_at.astimezone(edition.zone).isoformat() == "2027-01-20T09:30:00+01:00"
    assert edition.period.closes_at == datetime(2027, 1, 6, 23, 0, tzinfo=UTC)
    assert (edition.venue, edition.address, edition.state) == ({}, "", CongressState.DRAFT)
    assert edition.online_link == ""
    assert list(edition.paper.meals) == [date(2027, 1, 20)]
    assert [each.name for each in edition.organisations] == ["Stadt Lünen"]
    assert (edition.places.taken, edition.sequence) == (0, 0)
    [item] = released_items(edition.id)
    assert (item.places.taken, item.places.capacity) == (0, 25)
    uids = [*session.scalars(select(ProgrammeItem.uid)), *session.scalars(select(Congress.uid))]
    assert len(set(uids)) == 4


def test_a_second_edition_in_one_year_gets_a_number(session):
    a_congress()
    assert [copy().slug, copy().slug] == ["fachkongress-2027", "fachkongress-2027-2"]


def test_an_open_edition_is_found_while_one_can_register(session):
    a_congress()
    slug = copy(starting=date(2027, 1, 20), state=CongressState.PUBLISHED).slug
    closes_at = find_plan(slug).registration.closes_at
    assert find_open_edition("fachkongress", now=find_plan(slug).registration.opens_at) == slug
    assert find_open_edition("fachkongress", now=closes_at) is None


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"slug": "unknown"}, UnknownCongress),
        ({"new_slug": "fachkongress"}, SlugTaken),
        ({"new_slug": "organiser"}, SlugNotUsable),
        ({"new_slug": "../x"}, SlugNotUsable),
        ({"starting": date(2027, 1, 21)}, NotWholeWeeks),
        ({"starting": date(2026, 11, 18)}, StartsInThePast),
    ],
)
def test_what_cannot_be_copied_leaves_nothing_behind(session, values, refusal):
    a_congress()
    with pytest.raises(refusal):
        copy(**values)
    assert session.scalars(select(Congress.slug)).all() == ["fachkongress"]


# Every table: what a copy takes along, and what it leaves with the last edition.
COPIED = {
    *("congresses", "congress_days", "rooms", "congress_organisations"),
    *("programme_items", "contributions", "contributors", "calls", "reminders"),
    *("mail_templates", "feedback_surveys", "module_tasks"),
    *("mail_templates", "feedback_surveys", "markets", "item_hosts"),
    *("quota_spellings", "quota_domains", "quota_exceptions"),  # what organisers have decided
}
ITS_OWN = {"audit_lines", "congress_roles"}  # that it was copied, and whoever did it
SHARED = {"organisations", "people", "users", "roles", "roles_users"}  # of no congress
NETWORK = {  # likewise
    "condition_checks",
    "contact_logins",
    "contact_notes",
    "contact_persons",
    "membership_applications",
    "membership_documents",
    "memberships",
    "organisation_aliases",
    "organisation_domains",
    "released_figures",
    *("land_questions", "same_questions"),
    *("network_projects", "project_documents", "project_parts"),
    *("network_texts", "network_text_versions", "network_text_comments"),
    *("topic_rounds", "meeting_topics", "topic_ballots", "topic_votes", "topic_calls"),
    "archived_mails",
}
LEFT = {
    *("registrations", "bookings", "consents", "access_tokens", "address_changes"),
    *("hand_overs", "hand_ins", "feedback_boxes", "feedback_ballots"),
    "registration_groups",
    *(
        "workshop_wishes",
        "former_wishes",
        "wish_decisions",
        "assignment_runs",
        "assignment_outcomes",
    ),  # of one event
    "answers",  # each event asks anew
    "assistance_needs",  # agreed to for this event alone
    *("calendar_entries", "outbox_messages", "outbox_control", "outbox_domains", "announcements"),
    "portraits",  # whoever is shown agreed to this event alone
    *("contributor_logins", "workshop_reports", "speaker_sheets", "sign_in_sheets"),
    *("market_parties", "market_entries", "market_agreements"),  # of the last one
    *("materials", "recommendations"),  # what came of the last one
    *("change_requests", "answers"),
    "invitations",  # to this event alone
    "answer_files",
    *("received_mails", "calendar_replies", "dead_mailboxes", "mailings", "mailing_files"),
    *("newsletters", "newsletter_readers", "opening_readers"),  # agreed to for this event alone
    *("course_calls", "course_applications", "course_people"),  # with days of their own
    *("proposals", "proposal_ratings", "attendances", "contributor_attendances", "told_apart"),
    "door_scans",
    *("sign_in_sheets", "signed_papers"),
    *("printed_badges", "certificates", "certificate_signatures"),  # of this event alone
    *("attempts", "account_links", "account_sessions", "attendee_views", "list_mails", "passkeys"),
}
# What a copy has anew, in each of the tables that are copied.
MOMENTS = {"opens_at", "closes_at", "starts_at", "ends_at", "day", "due_on"}
COUNTED = {"taken", "waiting", "overbooked", "sequence", "uid", "revised_at"}
SURVEYED = {"is_on", "has_begun", "is_shared", "counted_at"}  # a survey of its own, off at first
REMINDED = {"on_since", "told", "told_up_to", "started_at", "finished_at", "reminded_at"}
ANEW = (
    {"id", "congress_id", "item_id", "room_id", "slug", "state", "edition_of_id", "created_at"}
    | {"venue", "address", "online_link", "directions", "revision", "content_revision"}
    | {"organizer"}  # whoever invites when it does
    | {"evidence_until"}  # as its own grant notice says
    | {"released", "released_starts_at", "released_ends_at"}  # tried by reading them
    | MOMENTS
    | COUNTED
    | REMINDED
    | SURVEYED
)


def test_it_is_said_of_every_table_whether_a_copy_takes_it_along():
    assert set(Base.metadata.tables) == COPIED | ITS_OWN | SHARED | NETWORK | LEFT


def rows(session, name, congress_id):
    """Return what a congress has in one of the tables that are copied."""
    table, item = Base.metadata.tables[name], ProgrammeItem.__table__
    statement = select(table).order_by(table.c.id)
    if name == "congresses":
        statement = statement.where(table.c.id == congress_id)
    elif name == "contributions":
        statement = statement.join(item).where(item.c.congress_id == congress_id)
    else:
        statement = statement.where(table.c.congress_id == congress_id)
    return [
        {key: value for key, value in row.items() if key not in ANEW}
        for row in session.execute(statement).mappings()
    ]


def counts(session):
    tables = Base.metadata.tables.items()
    return {name: session.scalar(select(func.count()).select_from(table)) for name, table in tables}


def a_full_congress():
    """Store a congress that differs from the usual in every column, with people and mails."""
    last = a_congress(
        lead={"de": "Vorspann"}, description={"de": "Text", "en": "Text"}, cost={"de": "25 €"},
        accessibility={"de": "Aufzug"}, contact_email="info@example.org", colour="wine",
        fields={"organisation": "required", "function": "off", "assistance": "optional"},
        one_mail=True, reminder="1 day", confirm_hours=24,
        capacity=90, waiting_list=False, rules={"late": True},
        questions=as_json(from_json(QUESTIONS)),
        town="Köln", kind="training", venue={"de": "Gürzenich"},
        online_link="https://meet.example.org/alt",
    )  # fmt: skip
    a_call(last, is_open=False)
    a_proposal(last)
    hands = [{"key": "hands", "de": "Hilfe", "en": "Help"}]
    add(Market(congress_id=last.id, categories=hands, layout={"de": "Im Saal"}))
    rheine = {"congress_id": last.id, "key": "rheine"}
    add(QuotaSpelling(**rheine, words="rheine (elm)", likeness="elm rheine", told=True))
    add(QuotaDomain(**rheine, domain="rheine.de"))
    add(QuotaException(**rheine, places=3))
    add(MailTemplate(congress_id=last.id, kind="confirmed", language="de", subject="Ja", body="x"))
    add(ReminderSetting(
        congress_id=last.id, reminder="soon", days=5, hour=7, text={"de": "Bis bald"}, told=3
    ))  # fmt: skip
    add(ReminderSetting(
        congress_id=last.id, reminder="soon", is_added=True, days=14, hour=7, text={}
    ))  # fmt: skip
    add(FeedbackSurvey(
        congress_id=last.id, is_on=True, days_after=1, days_open=9, reminder_days=3, asks_all=True,
        questions=surveyed(QUESTIONS_ASKED), has_begun=True, is_shared=True, counted_at=OPEN,
    ))  # fmt: skip
    a_task(last, text={"de": "Auf einer Seite"}, whose="organisation", reminded_at=OPEN)
    room = add(Room(congress_id=last.id, code="saal", name={"de": "Saal"}, seats=40, position=0))
    host = an_organisation()
    add(CongressOrganisation(
        congress_id=last.id, organisation_id=host.id, role="funder", position=0
    ))  # fmt: skip
    item = a_workshop(
        last, code="ws", number=3, capacity=12, waiting_list=False, room_id=room.id,
        title={"de": "Netze", "en": "Networks"}, short_title={"de": "Netz"},
        abstract={"de": "Worum es geht"}, online_link="https://meet.example.org/ws",
    )  # fmt: skip
    add(ItemHost(congress_id=last.id, item_id=item.id, name="Tafel", sector="civil"))
    person = add(Person(name="Anna Beispiel", affiliation={"de": "Stadt Köln"}))
    add(Contribution(
        item_id=item.id, person_id=person.id, role="moderator", state="confirmed",
        affiliation={"de": "Stadt Köln"}, position=0,
    ))  # fmt: skip
    add(Contributor(congress_id=last.id, person_id=person.id, email="a@example.org", language="en",
        bio={"de": "Leitet das Büro."},
    ))  # fmt: skip
    registering.register(last.id, a_request(1, item), now=OPEN)
    return last.id


def test_everything_is_copied_but_peoples_data(session):
    """Table by table and column by column: what is new has to be copied, or named above."""
    last, before = a_full_congress(), counts(session)
    account = accounts.invite("a@example.org", actor=COMMAND, now=NOW)
    new_links = counts(session)["account_links"], counts(session)["outbox_messages"]
    actor = Actor(ActorKind.ORGANISER, account)
    copied = copy_edition("fachkongress", starting=date(2027, 1, 20), actor=actor, now=NOW)

    after = counts(session)
    assert (after["account_links"], after["outbox_messages"]) == new_links
    for name in LEFT - {"account_links", "outbox_messages"}:
        assert after[name] == before[name], name
    assert before["registrations"] == before["bookings"] == 1
    for name in COPIED:
        assert rows(session, name, copied.congress_id) == rows(session, name, last) != [], name
    roles = select(CongressRole).where(CongressRole.congress_id == copied.congress_id)
    assert [(each.user_id, each.role) for each in session.scalars(roles)] == [
        (account, Role.ORGANISER)
    ]
    verbs = select(AuditLine.verb).where(AuditLine.congress_id == copied.congress_id)
    assert session.scalars(verbs).all() == ["edition_copied"]
    [item] = released_items(copied.congress_id)
    assert [(each.name, each.role) for each in item.face.people] == [(None, "moderator")]
    assert (item.face.room, item.face.online_link) == ({"de": "Saal"}, "")
