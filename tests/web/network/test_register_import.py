"""Importing into the register: looked at first, then taken over as it was seen."""

import io
from typing import Any

import pytest
from sqlalchemy import func, select

from congress.extensions import db
from congress.models import Organisation
from tests.network import an_organisation
from tests.official_lists import a_list
from tests.web import pages
from tests.web.organisers import a_network_account, logged_in, token

IMPORT = "/organiser/network/organisations/import"
TABLE = "AGS;Name;Art\n5566076;Stadt Rheine;Gemeinde\n556607;Kurz;Gemeinde\n05566077;;Gemeinde"


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def send(client, file=None, **fields: Any):  # noqa: ANN401 - texts and a file
    form = {"csrf_token": token(client, IMPORT)} | fields
    if file is not None:
        form["file"] = (io.BytesIO(file), "GV100AD.txt")
    answer = client.post(IMPORT, data=form, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # a file on disk, where it is large
    return answer


def counts(answer):
    items = pages.find_all(pages.read(answer), "li")
    return {
        each.get("data-count"): pages.numbers(each)[0] for each in items if each.get("data-count")
    }


def again(answer):
    """Return what the form of an answer would send, all in one."""
    page = pages.read(answer)
    hidden = {
        each.get("name"): each.get("value") for each in pages.find_all(page, "input", type="hidden")
    }
    chosen = {
        each.get("name"): next(
            (
                one.get("value")
                for one in pages.find_all(each, "option")
                if one.get("selected") is not None
            ),
            "",
        )
        for each in pages.find_all(page, "select")
    }
    ticked = {
        each.get("name"): each.get("value")
        for each in pages.find_all(page, "input", type="checkbox")
        if each.get("checked") is not None
    }
    return hidden | chosen | ticked | {"rows": "".join(pages.get(page, "textarea").itertext())[1:]}


def stored(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Organisation))


def test_the_official_list_is_seen_first_and_then_taken_over(app, office):
    with app.app_context():
        an_organisation("Fort", ags="01001999", district="01001")
    answer = send(office, "\n".join(a_list(60)).encode("iso-8859-1"))
    found = counts(answer)

    assert answer.status_code == 200
    assert stored(app) == 1
    assert (found["added"], found["missing"], found["open"]) == (120, 1, 0)
    answer = office.post(IMPORT, data=again(answer) | {"step": "apply", "ends_on": "31.12.2025"})
    assert answer.status_code == 303
    assert stored(app) == 121
    later = send(office, "\n".join(a_list(60)).encode())
    assert counts(later)["unchanged"] == 120


@pytest.mark.sqlite_only
def test_faults_and_notes_are_told_with_their_rows_and_the_rest_is_taken_over(app, office):
    answer = send(office, rows=TABLE)
    page = pages.read(answer)

    assert (counts(answer)["added"], counts(answer)["open"]) == (1, 2)
    assert "Zeile 3" in pages.words(pages.section(page, "open"))
    assert "Zeile 2" in pages.words(pages.get(page, id="notes"))
    assert office.post(IMPORT, data=again(answer) | {"step": "apply"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Organisation.ags)).all() == ["05566076"]


@pytest.mark.sqlite_only
def test_nobody_takes_over_what_they_have_not_seen(app, office):
    answer = send(office, rows=TABLE)
    sent = again(answer) | {"step": "apply"}
    with app.app_context():
        an_organisation("Stadt Rheine")

    assert office.post(IMPORT, data=sent).status_code == 409
    assert office.post(IMPORT, data=sent | {"rows": f"{TABLE}\n;Verein;"}).status_code == 409
    assert stored(app) == 1


@pytest.mark.sqlite_only
def test_columns_are_chosen_by_hand_where_headings_are_strange(app, office):
    answer = send(office, rows="Wer;Was\nVerein Beispiel;Verein")
    assert answer.status_code == 422
    sent = again(answer) | {"column-0": "name", "column-1": "kind"}
    answer = office.post(IMPORT, data=sent | {"has_heading": "y"})
    assert counts(answer)["added"] == 1


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (None, {}),
        (b"%PDF-1.7", {}),
        (b"x" * (8 * 1024 * 1024 + 1), {}),
        (None, {"rows": "Name\n" + "x\n" * 20_001}),
        (None, {"rows": "Name;Name\na;b", "ends_on": "gestern"}),
    ],
)
def test_what_cannot_be_read_is_told(app, office, file, fields):
    answer = send(office, file, **fields)

    assert answer.status_code == 422
    assert pages.has(pages.read(answer), id="fehlerliste")
    assert stored(app) == 0


@pytest.mark.sqlite_only
def test_readers_do_not_import(app):
    a_network_account(app, "reader@example.org", "reader")
    assert logged_in(app, "reader@example.org").get(IMPORT).status_code == 403
