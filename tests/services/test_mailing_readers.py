"""What goes with an info mail, and who its readers are: in the programme, by what they answered."""

from email import message_from_bytes, policy

import pytest
from sqlalchemy import func, select, update

from congress import worker
from congress.domain.mails.mailings import (
    Audience,
    NobodyToReach,
    To,
    TooManyFiles,
)
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import (
    Contributor,
    MailingFile,
    OutboxMessage,
    Registration,
)
from congress.queries import congresses, mailing_readers
from congress.queries import mailings as queries
from congress.services.mails import mailing_steps, mailings
from congress.services.mails.mailing_letters import MailingLetters
from tests import builders
from tests.builders import OPEN, send_everything
from tests.queries_counter import count_queries
from tests.services.mailing_house import (
    ORGANISER,
    PDF,
    House,
    found_in,
    letters,
    work,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def house(database):
    return House()


def test_an_attachment_comes_with_every_mail_and_is_stored_once(house):
    number = house.write()
    for count in range(5):
        mailings.attach(house.id, number, f"Ä{count}.pdf", PDF, actor=ORGANISER, now=OPEN)
    with pytest.raises(TooManyFiles):
        mailings.attach(house.id, number, "6.pdf", PDF, actor=ORGANISER, now=OPEN)
    house.send(number)
    work()
    worker.deliver()
    mail = message_from_bytes(letters()[0].content, policy=policy.default)
    assert [each.get_filename() for each in mail.iter_attachments()][:2] == ["Ä0.pdf", "Ä1.pdf"]
    assert db.session.scalar(select(func.count()).select_from(MailingFile)) == 5


def test_a_test_goes_to_whoever_asks_and_holds_no_secret_link(house):
    number = house.write()
    [reader, *_] = mailing_readers.recipients_of(found_in(house, number)).reached
    mailings.send_test(
        house.id, number, reader, email="me@example.org", name="Ich", actor=ORGANISER, now=OPEN
    )
    worker.deliver()
    [mail] = letters()
    raw = message_from_bytes(mail.content, policy=policy.default)
    assert mail.recipient == "me@example.org"
    assert raw["Subject"].startswith("[Test] ")
    assert "/registration/" not in raw.get_body(("plain",)).get_content()
    assert queries.delivered([number])[number].sent == 0


def test_people_of_the_programme_are_found_by_what_they_do(house):
    part = builders.a_contribution(house.workshop)
    known = Contributor(
        congress_id=house.id, person_id=part.person.id, email="lead@example.org", language="de"
    )
    db.session.add(known)
    db.session.commit()
    number = house.write(Audience(to=To.PROGRAMME, role=part.role), text={"de": "Hallo {Name}"})
    house.send(number)
    work()
    [mail] = letters()
    assert (mail.recipient, mail.registration_id) == ("lead@example.org", None)
    worker.deliver()
    assert (
        "im Programm"
        in message_from_bytes(letters()[0].content, policy=policy.default)
        .get_body(("plain",))
        .get_content()
    )
    with_link = house.write(Audience(to=To.PROGRAMME), text={"de": "Hier: {Link}"})
    congress, mailing = congresses.get_congress(house.id), found_in(house, with_link)
    [reader] = mailing_readers.recipients_of(mailing).reached
    shown = MailingLetters(congress, mailing).in_words(reader, now=OPEN)
    assert "[Hier steht der persönliche Link.]" in shown.text
    nobody = house.write(Audience(to=To.PROGRAMME, role="nobody"), text={"de": "Hallo"})
    with pytest.raises(NobodyToReach):
        house.send(nobody)


@pytest.mark.parametrize("is_forgotten", [False, True], ids=["with texts", "texts deleted"])
def test_two_of_the_programme_with_one_mailbox_have_each_a_mail_of_their_own(house, is_forgotten):
    for name in ("Anna Beispiel", "Berta Beispiel"):
        part = builders.a_contribution(house.workshop, name)
        known = {"congress_id": house.id, "person_id": part.person.id, "language": "de"}
        db.session.add(Contributor(email="office@example.org", **known))
    db.session.commit()
    number = house.write(Audience(to=To.PROGRAMME), text={"de": "Hallo {Name}"})
    house.send(number)
    work()
    if is_forgotten:
        db.session.execute(update(OutboxMessage).values(facts={}))
        db.session.commit()
    mailing = found_in(house, number)
    told = [
        (each.reader.name, each.mail and db.session.get(OutboxMessage, each.mail.id).recipient_name)
        for offset in range(2)
        for each in mailing_readers.told(mailing, offset=offset, limit=1).people
    ]
    both = ["Anna Beispiel", "Berta Beispiel"]
    assert [name for name, _mail in told] == both
    if not is_forgotten:
        assert [mail for _name, mail in told] == both
    assert all(each.mail for each in mailing_readers.told(mailing, offset=0, limit=1).people)


def test_answers_part_the_readers(house):
    db.session.execute(
        update(Registration)
        .where(Registration.id == house.people[0])
        .values(answers={"function": "Ehrenamtskoordination"})
    )
    db.session.commit()
    number = house.write(Audience(answer_to="function", answer="ehrenamt"))
    found = mailing_readers.recipients_of(found_in(house, number))
    assert [each.id for each in found.reached] == house.people[:1]


def test_who_has_withdrawn_is_written_to_when_looked_for(house):
    gone, *_others = house.people
    of_gone = update(Registration).where(Registration.id == gone)
    db.session.execute(of_gone.values(state=RegistrationState.CANCELLED))
    db.session.commit()
    house.send(house.write(Audience(state=RegistrationState.CANCELLED)))
    work()
    assert [each.registration_id for each in letters()] == [gone]


def test_a_step_takes_as_many_statements_for_many_as_for_few(house):
    for number in range(4, 10):
        house.register(number)
    send_everything()
    house.send(house.write())
    with count_queries() as seen:
        mailing_steps.next_step(now=OPEN)
    assert len(letters()) == 9
    assert len(seen) <= 16
    assert mailing_steps.STEP >= 100
