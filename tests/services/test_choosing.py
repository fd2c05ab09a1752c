"""What a letter offers for a called-off workshop is what is free when it goes out."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from congress.models import Congress, ProgrammeItem
from congress.services.mails import delivering
from tests.builders import OPEN, a_workshop
from tests.services.mail_house import House

pytestmark = pytest.mark.sqlite_only

OTHERS = "Noch Plätze"
LINK = "Hier wählen Sie einen anderen Workshop"
NONE_LEFT = "in keinem anderen Workshop ein Platz frei"


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        ({"taken": 0}, (OTHERS, LINK)),
        ({"taken": 1}, (NONE_LEFT,)),
        ({"closes_at": OPEN - timedelta(minutes=1)}, ()),
    ],
    ids=["as it was", "the only other is full", "registration has closed"],
)
def test_a_letter_that_waited_offers_what_is_free_now(session, meanwhile, said):
    house = House(session)
    a_workshop(house.congress, number=3, capacity=0)
    house.release(cancelled=True)
    [letter, _invitation] = house.waiting()
    assert [each["number"] for each in letter.facts["choice"]] == [2]
    table = Congress if "closes_at" in meanwhile else ProgrammeItem
    row = house.congress if table is Congress else house.second
    session.execute(update(table).where(table.id == row.id).values(**meanwhile))
    session.execute(update(Congress).values(content_revision=Congress.content_revision + 1))
    session.commit()

    [mail, _] = delivering.claim("test", now=OPEN)
    raw = delivering.prepare(mail).raw.replace(b"=\r\n", b"").replace(b"=C3=A4", "ä".encode())

    text = " ".join(raw.decode().partition("text/html")[0].split())
    assert [each for each in (OTHERS, LINK, NONE_LEFT) if each in text] == list(said)
