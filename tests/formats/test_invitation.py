"""What a calendar entry says: the congress day with the person's workshops in it."""

from dataclasses import replace
from datetime import timedelta

from congress.domain.programme import DIALOGUE_PARTNER, PublicPerson
from congress.domain.registration_request import WishedWorkshop
from congress.domain.times.time_slots import TimeSlot
from congress.formats import invitation
from congress.models import ProgrammeItem
from congress.queries import congresses
from congress.queries.registrations import get_own
from congress.services import registering
from tests.builders import ENDS, OPEN, STARTS, a_congress, a_request, a_workshop

URL = "http://congress.test/fachkongress"


def the_content(congress, *choices: WishedWorkshop | ProgrammeItem, **values: str):
    done = registering.register(congress.id, a_request(1, *choices, **values), now=OPEN)
    standing = get_own(done.registration_id).standing
    day = TimeSlot(STARTS, ENDS)
    return invitation.content(congresses.get_congress(congress.id), day, standing, url=URL)


def test_the_entry_spans_the_day_and_names_the_workshop_with_time_and_room(session):
    congress = a_congress(venue={"de": "Heinz-Hilpert-Theater"}, address="Kurt-Schumacher-Str. 39")
    partners = (
        PublicPerson("Loring Sittler", {}, DIALOGUE_PARTNER),
        PublicPerson(None, {}, DIALOGUE_PARTNER),
    )
    workshop = a_workshop(
        congress, number=4, title="Junges Engagement fördern", room="Raum 4", people=partners
    )

    content = the_content(congress, workshop)

    assert (content.starts, content.ends, content.url) == (STARTS, ENDS, URL)
    assert content.location == "Heinz-Hilpert-Theater, Kurt-Schumacher-Str. 39, Lünen"
    assert "Workshop 4: Junges Engagement fördern" in content.description
    assert "13.15 bis 15.15 Uhr, Raum 4" in content.description
    assert "Loring Sittler" in content.description
    assert "None" not in content.description


def test_what_one_only_waits_for_is_no_entry(session):
    congress = a_congress()
    full, safe = (
        a_workshop(congress, number=1, capacity=0, title="Voll"),
        a_workshop(congress, number=2, title="Sicher"),
    )

    content = the_content(congress, WishedWorkshop(full.id, safe_item_id=safe.id))

    assert "Sicher" in content.description
    assert "Voll" not in content.description


def test_the_entry_is_in_the_language_of_the_person_and_holds_no_link_of_hers(session):
    """SEC-27: calendars are shared with a whole team."""
    congress = a_congress()

    content = the_content(congress, language="en")

    assert content.summary == "Engagement on the spot"
    assert "Would you like to change something?" in content.description
    assert "/registration/" not in content.description + content.url


def test_a_workshop_stands_only_in_the_entry_of_its_day(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=4)
    done = registering.register(congress.id, a_request(1, workshop), now=OPEN)
    standing = get_own(done.registration_id).standing
    tomorrow = TimeSlot(STARTS + timedelta(days=1), ENDS + timedelta(days=1))

    content = invitation.content(
        replace(congresses.get_congress(congress.id), days=(tomorrow,)),
        tomorrow,
        standing,
        url=URL,
    )

    assert "Workshop 4" not in content.description
