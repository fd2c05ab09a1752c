"""The page of the reminders: what is set is kept, what is wrong is said, when each goes out."""

import pytest
import time_machine
from sqlalchemy import update

from congress.domain.access import COMMAND, Role
from congress.domain.reminders import MOST_ADDED, Reminder, Which
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.queries import programme
from congress.queries import reminders as queries
from congress.services import registering
from congress.services.planning import releasing
from tests import builders
from tests.builders import OPEN, a_request
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token

pytestmark = pytest.mark.sqlite_only

OF_ONE = 9  # statements: how many it reaches, and its preview
HERE = "/organiser/fachkongress/settings/reminders"
LOG = "/organiser/fachkongress/log"


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
        assert queries.of_congress(congress)[Which(Reminder.SOON)].setting.is_on
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
    shown = set(Reminder) - {Reminder.MODULE}  # of courses alone
    hints = {each: pages.words(pages.get(page, id=f"text-{each}-hint")) for each in shown}
    assert {each for each in shown if "{Workshops}" not in hints[each]} == {
        Reminder.ASKED,
        Reminder.INVITED,
    }


def test_two_who_set_them_notice_each_other(client):
    first = hidden(client, HERE, "version")
    save(client, **{"on-came": "y"})
    answer = save(client, **{"version": first, "text-soon": "Meins"})
    assert answer.status_code == 409
    assert "Jemand anderes hat die Erinnerungen gespeichert" in words(answer)
    assert "Meins" in answer.text


def test_one_is_added_and_set_and_removed(app, client, congress):
    answer = save(client, add="soon", **{"text-came": "Bleibt"})
    assert answer.status_code == 303
    page = client.get(f"{HERE}?lang=de")
    assert "„Vor dem Kongress (weitere)“ ist dazugekommen und noch ausgeschaltet" in words(page)
    assert "Bleibt" in page.text
    with app.app_context():
        [which] = [each for each in queries.of_congress(congress) if each.is_added]
        [item] = programme.released_items(congress)
    typed = {f"on-{which}": "y", f"days-{which}": "14", f"hour-{which}": "8"}
    typed |= {f"workshop-{which}": item.code, f"text-{which}": "Mit Laptop"}
    assert save(client, **typed).status_code == 303
    here = pages.words(pages.get(pages.read(client.get(f"{HERE}?lang=de")), id=f"reminder-{which}"))
    assert "7. Oktober 2015, 8.00 Uhr, nach heutigem Stand an 1 Person" in here
    assert "Bald ist es so weit: „Workshop" in here
    overview = words(client.get("/organiser/fachkongress?lang=de"))
    assert f"Vor dem Kongress, „{item.number} " in overview
    assert save(client, **typed, **{f"remove-{which}": "y"}).status_code == 303
    with app.app_context():
        assert which not in queries.of_congress(congress)
    log = words(client.get("/organiser/fachkongress/log?lang=de"))
    assert "hinzugefügt: Vor dem Kongress (weitere)" in log
    assert "gelöscht: Vor dem Kongress (weitere)" in log


def test_one_that_is_removed_may_be_wrong_in_everything_else(app, client, congress):
    save(client, add="came")
    with app.app_context():
        [which] = [each for each in queries.of_congress(congress) if each.is_added]
    wrong = {f"days-{which}": "viele", f"text-{which}": "{nichts}"}
    assert save(client, **wrong).status_code == 422
    assert save(client, **wrong, **{f"remove-{which}": "y"}).status_code == 303


@pytest.mark.parametrize("changes", [{"add": "sometimes"}, {"workshop-soon": "nowhere"}])
def test_what_is_not_offered_is_not_taken(client, changes):
    answer = save(client, **{"text-came": "Danke"} | changes)
    assert answer.status_code == 422
    assert "Bitte wählen Sie etwas davon aus" in words(answer)
    assert "Danke" in answer.text


def test_there_is_an_end_of_adding(app, client, congress):
    for _each in range(MOST_ADDED):
        assert save(client, add="came").status_code == 303
    page = client.get(f"{HERE}?lang=de")
    assert "Sie haben 10 Erinnerungen hinzugefügt" in words(page)
    answer = save(client, add="came", **{"text-soon": "Noch da"})
    assert answer.status_code == 409
    assert "Es gibt so viele Erinnerungen, wie es geben kann" in words(answer)
    assert "Noch da" in answer.text


def test_words_for_one_that_somebody_else_removed_are_shown(app, client, congress):
    save(client, add="soon")
    version = hidden(client, HERE, "version")
    with app.app_context():
        [which] = [each for each in queries.of_congress(congress) if each.is_added]
    save(client, **{f"days-{which}": "3", f"hour-{which}": "9", f"remove-{which}": "y"})
    mine = {f"days-{which}": "3", f"hour-{which}": "9", f"text-{which}": "Lange geschrieben"}
    answer = save(client, version=version, **mine)
    assert answer.status_code == 409
    assert "Von jemand anderem gelöscht" in words(answer)
    assert "Lange geschrieben" in words(answer)


def test_a_workshop_that_is_cancelled_is_said(app, client, congress):
    with app.app_context():
        [item] = programme.released_items(congress)
    save(client, **{"on-soon": "y", "workshop-soon": item.code})
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(cancelled=True))
        db.session.commit()
        releasing.release(congress, actor=COMMAND, now=OPEN)
    assert "Ihr Programmpunkt findet nicht statt" in words(client.get(f"{HERE}?lang=de"))
    overview = words(client.get("/organiser/fachkongress?lang=de"))
    assert "Erinnerung: Vor dem Kongress" not in overview


def test_the_log_says_from_when_to_when(client):
    save(client, **{"on-soon": "y"})
    save(client, **{"on-soon": "y", "days-soon": "14", "hour-soon": "8"})
    log = words(client.get(f"{LOG}?lang=de"))
    assert "an: Vor dem Kongress; Vor dem Kongress: 3 Tage, 9.00 Uhr → 14 Tage, 8.00 Uhr" in log


def test_a_cancelled_event_reminds_nobody_and_says_so(app, client, congress):
    save(client, **{"on-soon": "y"})
    with app.app_context():
        releasing.call_off(congress, actor=COMMAND, now=OPEN)
    page = words(client.get(f"{HERE}?lang=de"))
    assert "Der Kongress ist abgesagt, deshalb geht sie nicht hinaus." in page
    assert "nach heutigem Stand" not in page


def test_each_language_names_the_programme_in_itself(app, client, congress):
    with app.app_context():
        named = {"title": {"de": "Netze knüpfen", "en": "Tying nets"}}
        db.session.execute(update(ProgrammeItem).values(**named))
        db.session.commit()
        releasing.release(congress, actor=COMMAND, now=OPEN)
    part = pages.get(pages.read(client.get(f"{HERE}?lang=de")), "section", id="reminder-soon")
    of_language = {each.get("lang"): pages.words(each) for each in part.iter("pre")}
    assert "Netze knüpfen" in of_language["de"]
    assert "Tying nets" in of_language["en"]
    assert "Netze knüpfen" not in of_language["en"]


def test_a_letter_without_a_link_of_ones_own_does_not_speak_of_it(client):
    page = pages.read(client.get(f"{HERE}?lang=de"))
    links = {
        each: "gehört nur Ihnen" in pages.words(pages.get(page, id=f"reminder-{each}"))
        for each in ("soon", "came", "stayed_away")
    }
    assert links == {"soon": True, "came": False, "stayed_away": False}


def test_the_page_asks_as_much_for_many_as_for_few(app, client, congress):
    def asked() -> int:
        with app.app_context(), count_queries() as seen:
            client.get(f"{HERE}?lang=de")
        return len(seen)

    save(client, add="soon")
    few = asked()
    for _each in range(3):
        save(client, add="soon")
    assert asked() - few <= 3 * OF_ONE
