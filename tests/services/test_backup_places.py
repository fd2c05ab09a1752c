"""Whose backup place is called off while they wait: the letter, the link to choose, the entry."""

from sqlalchemy import select, update

from congress.domain.registration_request import WishedWorkshop
from congress.models import OutboxMessage, ProgrammeItem
from congress.services import registering
from congress.services.mails import delivering
from congress.services.planning import releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything
from tests.formats.test_mail import text_of
from tests.mail_facts import a_mail
from tests.services.mail_house import ORGANISER


def test_whose_backup_place_is_called_off_reads_so_and_is_offered_the_others(session):
    congress = a_congress()
    backup = a_workshop(congress, number=1, title="Netze")
    wanted = a_workshop(congress, number=2, title="Chöre", capacity=1)
    a_workshop(congress, number=3, title="Gärten")
    registering.register(congress.id, a_request(1, wanted), now=OPEN)
    wish = WishedWorkshop(wanted.id, safe_item_id=backup.id)
    person = registering.register(congress.id, a_request(2, wish), now=OPEN).registration_id
    send_everything()
    off = update(ProgrammeItem).where(ProgrammeItem.id == backup.id).values(cancelled=True)
    session.execute(off)
    session.commit()

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    session.rollback()
    mine = select(OutboxMessage).where(OutboxMessage.registration_id == person)
    waiting = mine.where(OutboxMessage.state == "queued").order_by(OutboxMessage.id)
    letter, invitation = session.scalars(waiting)
    assert [each["title"] for each in letter.facts["choice"]] == ["Gärten"]
    assert letter.facts["links"] == ["manage"]
    said = invitation.facts["entry"]["content"]["description"]
    assert said.startswith("Fällt aus:\nWorkshop 1: Netze\n")
    assert "Ihr Workshop" not in said
    assert delivering.prepare(delivering.claim("test", now=OPEN)[0]).subject.startswith(
        "Workshop 1 fällt aus: "
    )
    text = text_of(a_mail("programme_changed", **letter.facts))
    assert "Warteliste Workshop 2: Chöre" in text
    assert "Noch Plätze Workshop 3: Gärten" in text
    assert "behalten Sie bis dahin" not in text
