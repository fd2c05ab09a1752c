import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
import time_machine

from congress.domain.programme import DIALOGUE_PARTNER, PublicPerson
from congress.extensions import db
from tests import builders
from tests.builders import AFTERWARDS, BEFORE, LATE, OPEN


def page_at(client, moment: datetime, path: str = "/fachkongress", **options: object):
    with time_machine.travel(moment, tick=False):
        return client.get(path, **options)


def words(answer) -> str:
    """Return what a page says, without tags, soft hyphens and unusual spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.text).replace("\u00ad", "")
    return " ".join(text.replace("&nbsp;", " ").split())


@contextmanager
def statements(app) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("moment", "values", "said", "button"),
    [
        (OPEN, {}, "Anmeldung bis einschließlich 7. Oktober 2015", "Jetzt anmelden"),
        (OPEN, {"capacity": 112}, "Noch 112 Plätze.", "Jetzt anmelden"),
        (OPEN, {"capacity": 1}, "Noch ein Platz.", "Jetzt anmelden"),
        (
            OPEN,
            {"capacity": 50, "taken": 50, "waiting": 4},
            "Alle 50 Plätze sind vergeben. 4 Personen warten.",
            "Auf die Warteliste",
        ),
        (
            OPEN,
            {"capacity": 50, "taken": 49, "waiting": 1},
            "Eine Person wartet.",
            "Auf die Warteliste",
        ),
        (OPEN, {"capacity": 50, "taken": 50, "waiting_list": False}, "Ausgebucht.", None),
        (BEFORE, {}, "Sie beginnt am Dienstag, 1. September 2015", None),
        (LATE, {}, "Die Anmeldung ist geschlossen", None),
        (AFTERWARDS, {}, "Diese Veranstaltung hat stattgefunden.", None),
        (OPEN, {"state": "finished"}, "Diese Veranstaltung hat stattgefunden.", None),
        (OPEN, {"state": "cancelled"}, "Diese Veranstaltung ist abgesagt.", None),
    ],
    ids=[
        *("no limit", "free", "one", "full", "promised", "closed list"),
        *("before", "late", "over", "finished", "cancelled"),
    ],
)
def test_the_ticket_says_whether_one_can_register(app, client, moment, values, said, button):
    with app.app_context():
        builders.a_congress(**values)

    answer = page_at(client, moment)

    assert said in words(answer)
    buttons = re.findall(r'kern-btn--primary[^>]*href="([^"]+)".*?kern-label">([^<]+)', answer.text)
    assert buttons == ([("/fachkongress/register", button)] if button else [])


@pytest.mark.sqlite_only
def test_the_page_changes_at_the_deadline_to_the_second(app, client):
    """REL-30."""
    with app.app_context():
        builders.a_congress()

    before = page_at(client, builders.CLOSES - timedelta(seconds=1))
    after = page_at(client, builders.CLOSES)

    assert "Jetzt anmelden" in words(before)
    assert "Jetzt anmelden" not in words(after)


@pytest.mark.sqlite_only
def test_the_programme_names_times_rooms_people_and_places(app, client):
    partner = PublicPerson("Erika Muster", {"de": "Stadt Lünen"}, DIALOGUE_PARTNER)
    nobody = PublicPerson(None, {"de": "MFKJKS"}, "speaker")
    with app.app_context():
        congress = builders.a_congress()
        builders.an_item(congress, title="Begrüßung", room="Großer Saal", people=(nobody,))
        builders.a_workshop(congress, number=1, title="Junges Engagement", people=(partner,))
        builders.a_workshop(congress, number=2, room="Raum 2", taken=25, waiting=4)
        builders.a_workshop(congress, number=3, cancelled=True)
        builders.an_item(congress, title="Noch geheim", is_released=False)

    said = words(page_at(client, OPEN))

    assert "9.30 – 10.00 Uhr Begrüßung N. N., MFKJKS Großer Saal" in said
    assert "13.15 – 15.15 Uhr Drei Workshops zur gleichen Zeit" in said
    assert "Dialogpartnerinnen und Dialogpartner: Erika Muster , Stadt Lünen" in said
    assert "25 Plätze frei" in said
    assert "Workshop 2 Raum 2" in said
    assert "Dialogpartnerinnen und Dialogpartner: N. N. Warteliste (4)" in said
    assert said.count("Abgesagt") == 1
    assert "Noch geheim" not in said


@pytest.mark.sqlite_only
def test_several_days_have_headings_of_their_own(app, client):
    """A11Y-08: times for machines, one h1, no gap between headings."""
    later = timedelta(days=1)
    with app.app_context():
        congress = builders.a_congress(
            days=(
                (builders.STARTS, builders.ENDS),
                (builders.STARTS + later, builders.ENDS + later),
            )
        )
        builders.an_item(congress)
        builders.an_item(congress, starts_at=builders.STARTS + later)
        builders.a_workshop(congress)

    html = page_at(client, OPEN).text

    assert (
        '<time datetime="2015-10-21">Mittwoch, 21.\xa0Oktober\xa02015'.replace("\xa02015", " 2015")
        in html
    )
    assert '<time datetime="2015-10-22">Donnerstag, 22.\xa0Oktober 2015' in html
    assert '<time datetime="2015-10-22T09:30+02:00">9.30</time>' in html
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.sqlite_only
def test_organisations_stand_with_role_and_logo(app, client):
    with app.app_context():
        congress = builders.a_congress()
        builders.an_organisation(
            "Forum für soziale Innovation",
            congress=congress,
            logo=b"\x89PNG\r\n",
            logo_type="image/png",
            logo_digest="a" * 64,
            logo_alt={"de": "Logo des Forums"},
        )
        builders.an_organisation("Ministerium", congress=congress, role="funder")

    answer = page_at(client, OPEN)

    assert "Veranstalter Forum für soziale Innovation" in words(answer)
    assert "Gefördert von Ministerium" in words(answer)
    assert f'<img src="/logo/{"a" * 64}" alt="Logo des Forums"' in answer.text


@pytest.mark.sqlite_only
def test_an_item_has_a_page_of_its_own(app, client):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(
            congress, number=4, title="Junges Engagement", abstract="Erstens.\n\nZweitens."
        )

    answer = page_at(client, OPEN, "/fachkongress/programme/workshop-4")

    assert "Workshop 4 Junges Engagement Erstens. Zweitens." in words(answer)
    assert "Mittwoch, 21. Oktober 2015 13.15 bis 15.15 Uhr" in words(answer)
    assert 'href="/fachkongress/register"' in answer.text
    assert page_at(client, OPEN, "/fachkongress/programme/workshop-5").status_code == 404


@pytest.mark.sqlite_only
def test_the_list_parts_what_comes_from_what_was(app, client):
    with app.app_context():
        builders.a_congress(slug="heuer", title={"de": "Heuer"})
        builders.a_congress(slug="einst", title={"de": "Einst"}, state="finished")
        builders.a_congress(slug="geheim", title={"de": "Geheim"}, state="draft")

    said = words(page_at(client, OPEN, "/"))

    assert said.index("Demnächst") < said.index("Heuer") < said.index("Vergangene")
    assert said.index("Vergangene") < said.index("Einst")
    assert "Geheim" not in said


def test_a_page_is_never_wrong_about_free_places(app, client):
    with app.app_context():
        congress = builders.a_congress(capacity=2)
    first = page_at(client, OPEN)
    with app.app_context():
        builders.a_registration(congress)
        builders.add(congress)
    second = page_at(client, OPEN)
    third = page_at(client, OPEN, headers={"If-None-Match": second.headers["ETag"]})

    assert "Noch 2 Plätze." in words(first)
    assert "Noch ein Platz." in words(second)
    assert third.status_code == 304


@pytest.mark.parametrize("path", ["/fachkongress", "/"])
def test_a_page_costs_the_same_few_statements_however_long_the_programme_is(app, client, path):
    counts = []
    for number in (6, 200):
        with app.app_context():
            congress = builders.a_congress(slug=f"fachkongress{number}", capacity=300)
            rows = [builders.a_workshop(congress, number=each + 1) for each in range(6)]
            rows += [builders.an_item(congress) for _ in range(number - len(rows))]
        with statements(app) as seen:
            page_at(client, OPEN, f"{path}{number}" if path != "/" else path)
        counts.append(len([each for each in seen if each.startswith("SELECT")]))
        with statements(app) as seen:
            page_at(client, OPEN, f"{path}{number}" if path != "/" else path)
        # For one congress the front asks past the session (test_front.py).
        assert len([each for each in seen if each.startswith("SELECT")]) == int(path == "/")

    assert counts[0] == counts[1] <= 5
