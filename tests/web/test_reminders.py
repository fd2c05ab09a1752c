"""The page of the reminders: what is set is kept, what is wrong is said, when each goes out."""

import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.reminders import Reminder
from congress.queries import reminders as queries
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/settings/reminders"


@pytest.fixture
def congress(app):
    with app.app_context():
        found = builders.a_congress()
        registering.register(found.id, a_request(1, builders.a_workshop(found)), now=OPEN)
        number = found.id
    an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
    return number


@pytest.fixture
def client(app, congress):
    with time_machine.travel(OPEN, tick=False):
        yield logged_in(app, "organisation@example.org")


def save(client, **changes: str):
    typed = {f"days-{each}": "3" for each in Reminder} | {f"hour-{each}": "9" for each in Reminder}
    about = {"csrf_token": token(client, HERE), "version": hidden(client, HERE, "version")}
    return client.post(f"{HERE}?lang=de", data=about | typed | changes)


def words(answer):
    return pages.words(pages.get(pages.read(answer), "main"))


def test_one_is_switched_on_and_says_when_and_to_how_many(app, client, congress):
    answer = save(client, **{"on-soon": "y", "days-soon": "2", "text-soon": "Hallo {Vorname}"})
    assert answer.status_code == 303
    page = words(client.get(f"{HERE}?lang=de"))
    assert "19. Oktober 2015, 9.00 Uhr, nach heutigem Stand an 1 Person" in page
    assert "Hallo Erika" in page
    assert "Erinnerung: Vor dem Kongress" in words(client.get("/organiser/fachkongress?lang=de"))
    with app.app_context():
        assert queries.of_congress(congress)[Reminder.SOON].setting.is_on
    assert "Erinnerungen eingestellt; an: Vor dem Kongress" in words(
        client.get("/organiser/fachkongress/log?lang=de")
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days-soon": "61"}, "Bitte geben Sie eine Zahl von 0 bis 60 ein"),
        ({"days-soon": ""}, "Bitte geben Sie eine Zahl von 0 bis 60 ein"),
        ({"hour-came": "24"}, "Bitte geben Sie eine Zahl von 0 bis 23 ein"),
        ({"text-soon": "{vorname}"}, "{vorname} steht hier für nichts"),
        ({"text-asked": "{Workshops}"}, "{Workshops} steht hier für nichts"),
        ({"text-soon": "Ihre: {Workshops}"}, "{Workshops} ist eine Liste"),
        ({"text-came-en": "Thanks"}, "Bitte geben Sie das auch auf Deutsch ein"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client, changes, sentence):
    answer = save(client, **{"text-stayed_away": "Schade"} | changes)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Schade" in answer.text


def test_each_offers_the_placeholders_that_it_takes(client):
    page = pages.read(client.get(f"{HERE}?lang=de"))
    hints = {each: pages.words(pages.get(page, id=f"text-{each}-hint")) for each in Reminder}
    assert {each for each in Reminder if "{Workshops}" not in hints[each]} == {Reminder.ASKED}


def test_two_who_set_them_notice_each_other(client):
    first = hidden(client, HERE, "version")
    save(client, **{"on-came": "y"})
    answer = save(client, **{"version": first, "text-soon": "Meins"})
    assert answer.status_code == 409
    assert "Jemand anderes hat die Erinnerungen gespeichert" in words(answer)
    assert "Meins" in answer.text


@pytest.mark.parametrize(("role", "links"), [(Role.ORGANISER, 1), (Role.PROGRAMME, 0)])
def test_it_says_that_there_is_one_of_each_and_where_to_write_another(app, congress, role, links):
    an_organiser(app, "wer@example.org", {congress: role})
    with time_machine.travel(OPEN, tick=False):
        answer = logged_in(app, "wer@example.org").get(f"{HERE}?lang=de")
    assert "Von jeder gibt es eine" in words(answer)
    main = pages.get(pages.read(answer), "main")
    found = [each.get("href", "") for each in main.iter("a")]
    assert sum("/fachkongress/mailings" in each for each in found) == links
