"""A database with a row in every table, as years of work leave it."""

import sqlalchemy as sa

from congress.cli.demo import load_demo
from congress.domain.access import ATTENDEE, COMMAND, Role
from congress.domain.assistance import Needs
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import (
    AccountSession,
    Announcement,
    AnswerFile,
    Attendance,
    AttendeeView,
    CalendarReply,
    Certificate,
    CertificateSignature,
    ChangeRequest,
    Congress,
    Contributor,
    ContributorAttendance,
    ContributorLogin,
    DeadMailbox,
    DoorScan,
    FormerWish,
    HandIn,
    HandOver,
    ItemHost,
    ListMail,
    MailingFile,
    MailTemplate,
    Market,
    Newsletter,
    OutboxDomain,
    Passkey,
    Portrait,
    PrintedBadge,
    ProposalRating,
    QuotaDomain,
    QuotaException,
    QuotaSpelling,
    Registration,
    ReleasedFigures,
    ReminderSetting,
    SignInSheet,
    SpeakerSheet,
    ToldApart,
    User,
    WishDecision,
    WorkshopReport,
)
from congress.services import correcting, registering
from congress.services.logins import accounts
from congress.services.mails import outboxing
from tests.builders import (
    BEGUN,
    OPEN,
    QUESTIONS,
    a_call,
    a_contribution,
    a_mailing,
    a_proposal,
    a_received_mail,
    a_request,
    a_workshop,
    add,
)
from tests.courses import a_course_application, a_course_call
from tests.groups import a_group
from tests.guests import an_invitation
from tests.land_questions import a_question, a_same_question
from tests.market import a_party, an_agreement, an_entry
from tests.materials import a_material, a_recommendation
from tests.module_tasks import a_task
from tests.network import (
    a_check,
    a_contact,
    a_contact_login,
    a_contact_note,
    a_document,
    a_domain,
    a_membership,
    an_alias,
    an_application,
    an_organisation,
)
from tests.network_mails import an_archived_mail
from tests.newsletter_readers import a_newsletter_reader
from tests.opening_readers import an_opening_reader
from tests.projects import a_part, a_project, a_project_document
from tests.signed_papers import a_signed_paper
from tests.surveys import a_survey
from tests.texts import a_comment, a_text, a_version
from tests.topics import a_ballot, a_round, a_topic, a_topic_call
from tests.wishes import a_run, an_outcome, wishes

STEPS = Needs.of(["step_free"], "")


def everything_in_use() -> None:  # noqa: PLR0915 - one for each thing
    """The demo, open, with somebody in, somebody waiting, an organiser and things under way."""
    load_demo(now=BEGUN)
    congress = db.session.scalars(sa.select(Congress).order_by(Congress.id.desc())).first()
    assert congress is not None
    congress.questions = [*QUESTIONS]
    full = a_workshop(congress, number=7, capacity=1)
    first, _ = (
        registering.register(
            congress.id,
            a_request(number, full, needs=STEPS, own_answers={"lunch": ("Suppe",)}),
            now=BEGUN,
        )
        for number in (1, 2)
    )
    moved = Details.of(a_request(1).said | {"email": "neu@example.org"})
    seen = a_request(1).version
    correcting.correct(first.registration_id, moved, version=seen, actor=ATTENDEE, now=BEGUN)
    user = accounts.invite(
        "o@example.org", actor=COMMAND, now=BEGUN, roles={congress.id: Role.ORGANISER}
    )
    came = {"registration_id": first.registration_id, "day": BEGUN.date(), "came_at": BEGUN}
    add(Attendance(user_id=user, **came))
    scan = {"congress_id": congress.id, "uuid": "u", "device": "d", "day": BEGUN.date()}
    scan |= dict.fromkeys(("device_at", "scanned_at", "received_at"), BEGUN)
    add(DoorScan(outcome="unknown", is_let_in=False, user_id=user, **scan))
    add(
        PrintedBadge(
            congress_id=congress.id,
            registration_id=first.registration_id,
            digest="d",
            printed_at=BEGUN,
        )
    )
    add(
        Certificate(
            congress_id=congress.id,
            registration_id=first.registration_id,
            nonce="n",
            key_id="k",
            code_digest="c",
            name_digest="d",
            said={"title": {}, "place": "", "days": [], "workshops": [], "meals": {}},
            issued_at=BEGUN,
        )
    )
    add(
        HandIn(
            task_id=a_task(congress).id,
            registration_id=first.registration_id,
            text="x",
            url="",
            done_at=BEGUN,
        )
    )
    add(CertificateSignature(congress_id=congress.id, name="Ida", role="", digest="", picture=None))
    signed = {"congress_id": congress.id, "day": BEGUN.date(), "printed_at": BEGUN}
    a_signed_paper(congress)
    add(SignInSheet(code="B7K4", registrations=[first.registration_id], **signed))
    add(AccountSession(user_id=user, digest="d", started_at=BEGUN))
    view = add(
        AttendeeView(
            congress_id=congress.id, user_id=user, name="Bus", name_key="bus", query="?q=x"
        )
    )
    mailed = {"congress_id": congress.id, "view_id": view.id, "user_id": user}
    add(ListMail(weekday=0, hour=7, next_at=BEGUN, **mailed))
    add(
        Passkey(
            user_id=user,
            credential_id=b"c",
            public_key=b"k",
            sign_count=0,
            name="Laptop",
            created_at=BEGUN,
        )
    )
    add(Announcement(congress_id=congress.id, kind="programme_changed", total=1, created_at=BEGUN))
    person = a_contribution(full).person.id
    a_call(congress)
    proposal = a_proposal(congress)
    rated = {"proposal_id": proposal.id, "points": 4, "comment": "", "rated_at": BEGUN}
    add(ProposalRating(user_id=db.session.scalars(sa.select(User.id)).first(), **rated))
    known = add(Contributor(congress_id=congress.id, person_id=person, email="a@example.org"))
    at_work = {"congress_id": congress.id, "person_id": person, "day": BEGUN.date()}
    add(ContributorAttendance(**at_work, came_at=BEGUN, user_id=user))
    add(
        Portrait(
            contributor_id=known.id,
            is_draft=True,
            content=b"x",
            media_type="image/jpeg",
            width=1,
            height=1,
            digest="d",
            alt={"de": "Anna"},
            credit="Max",
            may_show_at=BEGUN,
        )
    )
    add(SpeakerSheet(contributor_id=known.id, hotel="Zwei Nächte"))
    add(WorkshopReport(congress_id=congress.id, item_id=full.id, needs="Stuhlkreis"))
    a_material(congress)
    a_recommendation(congress)
    giver, taker = a_party(congress), a_party(congress, "Tafel")
    an_entry(giver)
    an_agreement(giver, taker)
    add(ItemHost(congress_id=congress.id, item_id=full.id, name="Tafel", sector="civil"))
    add(Market(congress_id=congress.id, categories=[{"key": "hands", "de": "Hilfe"}]))
    add(ContributorLogin(contributor_id=known.id, nonce="n", key_id="k", asked_at=BEGUN))
    second = db.session.scalars(sa.select(Registration.id).order_by(Registration.id.desc())).first()
    add(
        CalendarReply(
            registration_id=first.registration_id,
            uid="1",
            sequence=0,
            answer="DECLINED",
            answered_at=OPEN,
        )
    )
    add(DeadMailbox(email_key="gone@example.org", since=OPEN, reason="550 5.1.1"))
    a_received_mail(congress)
    asked = {"registration_id": first.registration_id, "kind": "withdrawal", "asked_at": OPEN}
    add(ChangeRequest(congress_id=congress.id, **asked))
    add(MailTemplate(congress_id=congress.id, kind="confirmed", language="de", subject="Ja"))
    add(ReminderSetting(congress_id=congress.id, reminder="came", days=1, hour=9))
    add(Newsletter(congress_id=congress.id, offered_at=BEGUN))
    a_newsletter_reader(congress)
    guest = an_invitation(congress)
    came_by_it = sa.update(Registration).where(Registration.id == first.registration_id)
    group = a_group(congress)
    db.session.execute(came_by_it.values(invitation_id=guest.id, group_id=group.id))
    an_opening_reader(congress)
    somebody = db.session.get_one(Registration, first.registration_id)
    wishes(somebody, full)
    an_outcome(a_run(congress, record=b"x"), somebody, full, slot=full)
    of_wish = {"congress_id": congress.id, "registration_id": somebody.id, "item_id": full.id}
    former = {"registration_id": somebody.id, "item_id": full.id}
    add(FormerWish(given_up_at=BEGUN, **former))
    add(WishDecision(is_given=True, decided_by=user, decided_at=BEGUN, **of_wish))
    a_survey(congress, full, first.registration_id)
    mailing = a_mailing(congress)
    pdf = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "content": b"x"}
    add(MailingFile(mailing_id=mailing.id, **pdf))
    an_archived_mail(mailing)
    of_first = {"congress_id": congress.id, "registration_id": first.registration_id}
    add(AnswerFile(question="cv", **of_first, **pdf))
    add(ToldApart(registration_id=first.registration_id, other_id=second))
    named = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org"}
    link = {"nonce": "n", "key_id": "k", "digest": "hand-over"}
    at = {"created_at": BEGUN, "expires_at": BEGUN}
    add(HandOver(registration_id=second, **named, **link, **at))
    rheine = {"congress_id": congress.id, "key": "rheine"}
    add(QuotaSpelling(**rheine, words="stadt rheine", likeness="rheine"))
    add(QuotaDomain(**rheine, domain="rheine.de"))
    add(QuotaException(**rheine, places=3))
    figures = ReleasedFigures(first_year=2014, last_year=2014, tables={}, districts={})
    figures.released_at = BEGUN
    add(figures)
    town = an_organisation("Stadt Rheine")
    a_membership(town, "member", BEGUN.date())
    a_contact_login(a_contact(town))
    a_contact_note(town)
    a_check(town, document_id=a_document(town).id)
    a_document(application=an_application())
    a_course_call(congress)
    a_course_application(congress, organisation_id=town.id)
    an_alias(town, "Rheine an der Ems")
    a_domain(town, "rheine.de")
    project = a_project()
    a_part(project, town)
    topic = a_topic(a_round(congress), town)
    a_ballot(topic, town)
    a_topic_call(topic, a_contact(town, "Cora", "Conrad"))
    a_project_document(project)
    a_same_question(a_question(town), an_organisation("Stadt Werne"))
    a_comment(a_version(a_text()), town)
    outboxing.hold(actor=COMMAND, now=BEGUN)
    add(OutboxDomain(domain="example.org", minute=BEGUN, taken=1))
