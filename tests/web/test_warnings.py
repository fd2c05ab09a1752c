"""Warnings stay until their cause is gone: at both rows, in the overview, before publishing."""

import random
import string
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import update

from congress.domain.access import COMMAND, Role
from congress.domain.congresses import CongressState
from congress.extensions import db
from congress.formats.congress_file import read_congress_file
from congress.models import Congress
from congress.queries.workspaces import find_workspace
from congress.services.planning.importing import import_congress
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, change_state, logged_in, publish

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

HERE = "/organiser/fachkongress"
MOST_BYTES_OF_A_COOKIE = 4000
NOW = datetime(2015, 9, 1, 8, 0, tzinfo=UTC)
ITEM = """\
[[items]]
code = "{code}"
kind = "workshop"
title = "{title}"
start = "{start}"
end = "{end}"
room = "saal"
places = {places}
[[items.people]]
name = "Petra Probe"
role = "speaker"
"""
FILE = """\
slug = "fachkongress"
title = "Engagement vor Ort"
town = "Lünen"
registration.opens = 2015-08-03
registration.deadline = 2015-10-07
[[days]]
day = 2015-10-21
start = "9:30"
end = "16:30"
[[rooms]]
code = "saal"
name = "Großer Saal"
seats = 20
"""
ONE = ITEM.format(code="one", title="Erstes", start="10:00", end="11:00", places=20)
AT_THAT_TIME = ITEM.format(code="two", title="Zweites", start="10:30", end="11:30", places=21)
AFTERWARDS = ITEM.format(code="two", title="Zweites", start="11:00", end="12:00", places=20)


def bring_in(app, *items: str, state="published"):
    """Import a programme, and let somebody in to work on it."""
    plan = read_congress_file((f'state = "{state}"\n' + FILE + "".join(items)).encode()).plan
    with app.app_context():
        congress_id = import_congress(plan, actor=COMMAND, now=NOW).congress_id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    return logged_in(app, "organiser@example.org")


def save(client, code, **changes: str):
    """Send the form of an item as it stands, with changes; return the status."""
    address = f"{HERE}/programme/{code}/edit"
    form = pages.get(pages.read(client.get(address)), "form", action=address)
    fields = {
        each.get("name"): each.get("value")
        for each in form.iter("input")
        if each.get("type") != "checkbox" or each.get("checked") is not None
    }
    for menu in form.iter("select"):
        chosen = pages.find_all(menu, "option", selected="")
        fields[menu.get("name")] = chosen[0].get("value") if chosen else ""
    return client.post(address, data=fields | changes).status_code


def at_rows(client):
    """Return what stands at each row of the programme, by the title of the row."""
    rows = pages.read(client.get(f"{HERE}/programme")).iter("tr")
    return {
        pages.words(pages.get(row, "th", role="rowheader")): [
            pages.words(each)
            for warnings in pages.find_all(row, "ul", class_="warnings")
            for each in warnings
        ]
        for row in rows
        if pages.has(row, "th", role="rowheader")
    }


def summed_up(client, address):
    """Return the sentences of the box of warnings on a page, which need not be there."""
    boxes = pages.find_all(pages.read(client.get(address)), aria_labelledby="warnings")
    return [pages.words(each) for box in boxes for each in box.iter("li")]


def in_overview(client):
    links = pages.find_all(pages.read(client.get(HERE)), "a", class_="warnings")
    return [(link.get("href"), *pages.numbers(link)) for link in links]


def test_both_rows_name_each_other_until_the_cause_is_gone(app):
    client = bring_in(app, ONE, AT_THAT_TIME)
    first, second = at_rows(client).values()

    assert ["Zweites" in each for each in first] == [True, True]  # room and person
    assert ["Erstes" in each for each in second] == [True, False, True]  # and 21 places
    assert len(summed_up(client, f"{HERE}/programme")) == 3
    assert in_overview(client) == [(f"{HERE}/programme", 3)]

    assert save(client, "one", title_de="Anders") == 303  # it stays after saving, with the new name
    assert ["Anders" in each for each in at_rows(client)["Zweites"]] == [True, False, True]

    assert save(client, "two", starts="11:00", ends="12:00") == 303
    assert [len(each) for each in at_rows(client).values()] == [0, 1]
    assert save(client, "two", capacity="20") == 303
    assert set(map(tuple, at_rows(client).values())) == {()}
    assert summed_up(client, f"{HERE}/programme") == []
    assert in_overview(client) == []


def test_what_is_called_off_or_declined_is_not_in_the_way(app):
    client = bring_in(app, ONE, AT_THAT_TIME)
    assert save(client, "one", **{"person-0-state": "declined"}) == 303
    assert [len(each) for each in at_rows(client).values()] == [1, 2]
    assert save(client, "two", cancelled="y") == 303
    assert [len(each) for each in at_rows(client).values()] == [0, 0]


def test_a_saved_item_says_what_it_collides_with_and_so_does_its_form(app):
    client = bring_in(app, ONE, AFTERWARDS)
    assert save(client, "two", starts="10:30") == 303
    notice = pages.read(client.get(f"{HERE}/programme"))
    form = pages.read(client.get(f"{HERE}/programme/two/edit"))

    assert "Erstes" in pages.words(pages.get(notice, role="status"))
    notes = pages.find_all(form, "p", class_="note note--warn")
    assert ["Erstes" in pages.words(each) for each in notes] == [True, True]


def test_what_is_said_of_a_saved_item_fits_into_a_cookie(app):
    dice = random.Random(0)  # noise, which no compression makes short
    names = ["".join(dice.choices(string.ascii_letters, k=110)) for _ in range(29)]
    crowd = "".join(f'[[items.people]]\nname = "{name}"\nrole = "speaker"\n' for name in names)
    client = bring_in(app, ONE + crowd, AFTERWARDS + crowd)
    assert save(client, "two", starts="10:30") == 303
    assert len(client.get_cookie("session").value) < MOST_BYTES_OF_A_COOKIE
    page = pages.read(client.get(f"{HERE}/programme"))

    assert "Zweites" in pages.words(pages.get(page, role="status"))
    assert len(at_rows(client)["Zweites"]) == 31  # the room, and everybody


@pytest.mark.parametrize(
    ("items", "number"), [((ONE, AT_THAT_TIME), 3), ((ONE, AFTERWARDS), 0)], ids=["many", "none"]
)
def test_publishing_a_draft_asks_with_the_warnings_and_is_possible_all_the_same(app, items, number):
    client = bring_in(app, *items, state="draft")
    address = f"{HERE}/state?to=published"

    assert len(summed_up(client, address)) == number
    assert change_state(client, HERE, "published") == 303
    with app.app_context():
        assert find_workspace("fachkongress").state is CongressState.PUBLISHED


def test_publishing_changes_asks_with_the_warnings_and_is_possible_all_the_same(app):
    client = bring_in(app, ONE, AFTERWARDS)
    assert save(client, "two", starts="10:30") == 303
    page = pages.read(client.get(f"{HERE}/programme/release"))

    assert pages.words(pages.section(page, "changes")).count("Zweites") == 1
    assert len(summed_up(client, f"{HERE}/programme/release")) == 2
    assert publish(client, HERE) == 303
    assert [len(each) for each in at_rows(client).values()] == [2, 2]  # published and still so


def test_online_without_a_link_is_warned_of_until_there_is_one(app):
    with time_machine.travel(NOW, tick=False):
        client = bring_in(app, ONE)
        anna = Browser(client)
        anna.load(f"{HERE}/settings/rules?lang=de")
        anna.submit("Speichern", mode="online")
        sentences = summed_up(client, f"{HERE}/programme")
        assert ["keinen Link" in each for each in sentences] == [True, False]
        assert in_overview(client) == [(f"{HERE}/programme", 2)]
        assert ["Raum eingetragen" in each for each in at_rows(client)["Erstes"]] == [True]

        anna.load(f"{HERE}/settings")
        assert sentences[0] in pages.words(anna.page)
        anna.submit("Speichern", online_link="https://meet.example.org/1")
        assert sentences[0] not in pages.words(anna.page)
        assert save(client, "one", room="") == 303
        assert in_overview(client) == []
        assert summed_up(client, f"{HERE}/programme") == []


def test_publishing_what_is_online_without_a_link_asks_with_that_warning(app):
    client = bring_in(app, state="draft")
    with app.app_context():
        db.session.execute(update(Congress).values(rules={"mode": "hybrid"}))
        db.session.commit()
    [sentence] = summed_up(client, f"{HERE}/state?to=published")
    assert "keinen Link" in sentence


def test_hundreds_of_colliding_items_are_few_lines_above_the_rows(app):
    at_once = [
        ITEM.format(code=f"nr-{at}", title="Punkt", start="10:00", end="11:00", places=20)
        for at in range(300)
    ]
    client = bring_in(app, *at_once, state="draft")

    assert len(summed_up(client, f"{HERE}/programme")) == 2
    assert len(summed_up(client, f"{HERE}/state?to=published")) == 2
    assert in_overview(client) == [(f"{HERE}/programme", 2)]
    assert {len(each) for each in at_rows(client).values()} == {2}
