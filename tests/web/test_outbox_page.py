"""The mails of a congress as organisers see them: each by its subject, whether sent or not."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import update

from congress import clock, worker
from congress.domain.access import COMMAND, Actor, ActorKind, Role
from congress.extensions import db
from congress.models import Announcement, Congress, DeadMailbox, OutboxControl, OutboxMessage
from congress.queries.outbox import Wanted, find_messages
from congress.services import registering
from congress.services.mails import outboxing
from congress.services.planning import releasing
from tests import builders
from tests.builders import OPEN, a_request, send_everything
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
ON = "Fachkongress am 21. Oktober 2015 in Lünen"
OFF = f"Workshop 5 fällt aus: {ON}"


@pytest.fixture(autouse=True)
def before_the_event(monkeypatch):
    """A mail is sent again while what it says is so."""
    monkeypatch.setattr(clock, "now", lambda: OPEN)


@pytest.fixture
def house(app):
    """Erika, whose workshop is called off; the mail about it waits."""
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress, number=5)
        request = a_request(1, workshop, family_name="Muster")
        number = registering.register(congress.id, request, now=OPEN).registration_id
        send_everything()
        workshop.cancelled = True
        db.session.commit()
        releasing.release(congress.id, actor=Actor(ActorKind.ORGANISER, user_id=1), now=OPEN)
        congress_id = congress.id
        [mail, *_] = find_messages(Wanted(congress_id=congress_id))[0]
    an_organiser(app, "organisation@example.org", {congress_id: Role.ORGANISER})
    return {"mail": mail.id, "erika": number}


def words(client, address):
    page = pages.read(client.get(f"{HERE}{address}?lang=de"))
    return pages.words(pages.get(page, "main"))


def test_a_mail_is_listed_by_its_subject_before_and_after_it_went_out(app, house):
    client = logged_in(app, "organisation@example.org")
    addresses = ("/outbox", f"/outbox/{house['mail']}", f"/attendees/{house['erika']}")
    for address in addresses:
        assert OFF in words(client, address)
        assert "Programm geändert" not in words(client, address)

    with app.app_context():
        worker.deliver()
        sent = db.session.get_one(OutboxMessage, house["mail"])
        assert message_from_bytes(sent.content or b"", policy=policy.default)["Subject"] == OFF

    for address in addresses:
        assert OFF in words(client, address)


def test_a_mail_that_cannot_be_put_into_words_is_listed_by_its_occasion(app, house):
    with app.app_context():
        wrong = update(OutboxMessage).values(facts={"congress": {}})
        db.session.execute(wrong.where(OutboxMessage.id == house["mail"]))
        db.session.commit()

    page = words(logged_in(app, "organisation@example.org"), "/outbox")

    assert "Änderung mitgeteilt" in page


@pytest.mark.parametrize("has_subject", [True, False], ids=["today", "older version"])
def test_the_log_says_which_mail_was_sent_again_and_to_whom(app, house, has_subject):
    client = logged_in(app, "organisation@example.org")
    with app.app_context():
        worker.deliver()
        if not has_subject:  # as lines of an older version know no more than the occasion
            changed = update(OutboxMessage).where(OutboxMessage.id == house["mail"])
            db.session.execute(changed.values(subject=""))
            db.session.commit()
    here = f"{HERE}/outbox/{house['mail']}"
    assert post(client, f"{here}/again", here) == 303

    mail = OFF if has_subject else "Änderung mitgeteilt"
    assert f"Noch einmal gesendet an Erika Muster: „{mail}“." in words(client, "/log")


def failed(house):
    """Let the mail have failed, as after its last attempt."""
    facts = {"state": "failed", "last_error": "550 unbekannt", "subject": OFF}
    db.session.execute(
        update(OutboxMessage).where(OutboxMessage.id == house["mail"]).values(**facts)
    )
    db.session.commit()


def test_a_failed_mail_counts_until_it_is_settled_or_sent_again(app, house):
    client = logged_in(app, "organisation@example.org")
    here = f"{HERE}/outbox/{house['mail']}"
    undelivered = "1 Mail ließ sich nicht zustellen"
    with app.app_context():
        failed(house)
    for address in ("", "/outbox"):
        assert undelivered in words(client, address)
    assert "550 unbekannt" in words(client, f"/outbox/{house['mail']}")
    way_on = pages.section(pages.read(client.get(here)), "way-on")
    assert client.get(pages.get(way_on, "a").get("href")).status_code == 200

    assert post(client, f"{here}/settled", here, settled="yes") == 303
    assert "Als erledigt gekennzeichnet: heute" in words(client, f"/outbox/{house['mail']}")
    assert "Fehlgeschlagen, erledigt" in words(client, "/outbox")
    for address in ("", "/outbox"):
        assert undelivered not in words(client, address)

    assert post(client, f"{here}/settled", here, settled="no") == 303
    assert undelivered in words(client, "")
    assert post(client, f"{HERE}/outbox/again", f"{HERE}/outbox") == 303
    with app.app_context():
        mail = db.session.get_one(OutboxMessage, house["mail"])
        assert (mail.state, mail.attempts, mail.settled_at) == ("queued", 0, None)
    assert "1 Mail wird noch einmal gesendet." in words(client, "/outbox")
    assert undelivered not in words(client, "/outbox")
    assert post(client, f"{here}/settled", here, settled="yes") == 409  # it is on its way
    log = words(client, "/log")
    for sentence in (
        f"Nicht zugestellt und als erledigt gekennzeichnet: „{OFF}“.",
        f"Nicht mehr als erledigt gekennzeichnet: „{OFF}“.",
        "1 nicht zugestellte Mail wurde noch einmal gesendet.",
    ):
        assert sentence in log


def test_whoever_got_something_newer_is_not_sent_the_older_mail_with_all_others(app, house):
    client = logged_in(app, "organisation@example.org")
    with app.app_context():
        failed(house)
        row = db.session.get_one(OutboxMessage, house["mail"])
        same = ("kind", "congress_id", "registration_id", "recipient", "recipient_key", "facts")
        newer = {name: getattr(row, name) for name in same} | {"state": "sent", "message_id": "n"}
        later = OPEN + timedelta(minutes=1)
        builders.add(OutboxMessage(created_at=later, due_at=later, **newer))

    assert post(client, f"{HERE}/outbox/again", f"{HERE}/outbox") == 303
    assert "Es gibt nichts, was noch einmal zu senden wäre." in words(client, "/outbox")
    with app.app_context():
        assert db.session.get_one(OutboxMessage, house["mail"]).state == "failed"


def test_it_says_how_far_the_mails_to_many_are_and_when_nobody_sends_them(app, house, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: OPEN + timedelta(hours=1))
    client = logged_in(app, "organisation@example.org")
    assert "Worker" in words(client, "/outbox")  # the mail was due an hour ago
    with app.app_context():
        congress_id = db.session.get_one(OutboxMessage, house["mail"]).congress_id
        of_all = {"congress_id": congress_id, "created_at": OPEN, "total": 1600}
        builders.add(Announcement(kind="programme_changed", done=420, **of_all))
        builders.add(Announcement(kind="message", done=1600, finished_at=OPEN, **of_all))
        builders.add(Announcement(kind="finished", done=1600, finished_at=OPEN, **of_all))
        worker.deliver()
    page = words(client, "/outbox")

    assert "Worker" not in page
    assert "0 unterwegs, 0 nicht zugestellt" in page
    assert "Änderung mitgeteilt · wird geschrieben: 420 von 1600 Personen erledigt" in page
    assert "Nachricht · 1600 von 1600 Personen erledigt" in page
    assert page.count("1600 Personen") == 2


SINCE = OPEN + timedelta(hours=1)
TROUBLE = {"trouble": "535 5.7.8 <falsch>", "trouble_since": SINCE}
HELD = {"held": True, "held_since": SINCE}


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (TROUBLE, ["keine Mails an: „535 5.7.8 <falsch>“"]),
        (HELD, ["zurückgehalten"]),
        (HELD | TROUBLE, ["zurückgehalten"]),
        (HELD | {"restored_up_to": 0}, ["1 Mail ausstehend, davon 0 älter als die Sicherung"]),
        (HELD | {"restored_up_to": 10**6}, ["ältere Sicherung", "davon 1 älter", "zweites Mal an"]),
    ],
)
@pytest.mark.parametrize("is_administrator", [True, False])
def test_what_keeps_mails_is_said_on_the_first_page_and_above_the_mails(
    app, house, standing, said, is_administrator
):
    """REL-15, REL-12; who may let them go can do it at both places, and nobody else."""
    with app.app_context():
        outboxing.hold(actor=COMMAND, now=OPEN)
        outboxing.release(actor=COMMAND, now=OPEN)
        db.session.execute(update(OutboxControl).values(**standing))
        db.session.commit()
        an_organiser(app, "chef@example.org", {}, is_administrator=True)
    client = logged_in(app, "chef@example.org" if is_administrator else "organisation@example.org")
    for address, is_told in (("/organiser/", is_administrator), (f"{HERE}/outbox", True)):
        answer = client.get(f"{address}?lang=de")
        text = pages.words(pages.get(pages.read(answer), "main"))
        assert [words in text for words in said] == [is_told] * len(said)
        may_release = is_administrator and "held" in standing
        assert ("/organiser/release-outbox" in answer.text) == may_release


def test_a_mail_that_is_no_longer_true_says_why_and_offers_the_present_one(app, house, monkeypatch):
    client = logged_in(app, "organisation@example.org")
    here = f"{HERE}/outbox/{house['mail']}"
    with app.app_context():
        worker.deliver()
        changed = update(Congress).values(venue={"de": "Hansesaal"}, content_revision=99)
        db.session.execute(changed)
        db.session.commit()
    page = pages.read(client.get(f"{here}?lang=de"))
    note = next(iter(pages.find_all(page, "section", id="outdated")))
    assert "hat sich seither geändert" in pages.words(note)
    assert not [
        each for each in pages.find_all(page, "form") if each.get("action") == f"{here}/again"
    ]
    [offer] = pages.find_all(note, "form")
    assert post(client, f"{here}/again", here) == 409
    monkeypatch.setattr(clock, "now", lambda: OPEN + timedelta(minutes=1))
    assert post(client, str(offer.get("action")), here) == 303
    assert "Hansesaal" in latest_letter(app, house)


def latest_letter(app, house) -> str:
    with app.app_context():
        [latest, *_] = find_messages(Wanted(registration_id=house["erika"], kind="confirmed"))[0]
        return str(latest.facts)


def test_a_mail_to_a_dead_mailbox_says_what_helps_instead_of_sending_it(app, house):
    client = logged_in(app, "organisation@example.org")
    mail = f"/outbox/{house['mail']}"
    with app.app_context():
        db.session.execute(update(OutboxMessage).values(state="failed", last_error="550 5.1.1"))
        db.session.commit()
    assert "Noch einmal senden" in words(client, mail)
    with app.app_context():
        key = db.session.get_one(OutboxMessage, house["mail"]).recipient_key
        db.session.add(DeadMailbox(email_key=key, since=OPEN, reason="550 5.1.1"))
        db.session.commit()
    page = words(client, mail)
    assert "Noch einmal senden" not in page
    assert "Mailserver nicht erreichbar" not in page
    assert "Adresse korrigieren" in page
    assert "nimmt keine Mails an, deshalb geht nichts dorthin" in page
    sent = {"csrf_token": token(client, f"{HERE}/settings")}
    answer = client.post(f"{HERE}{mail}/again?lang=de", data=sent)
    assert answer.status_code == 409
    assert "wurde nichts noch einmal gesendet" in answer.text
