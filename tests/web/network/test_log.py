"""The log of the network, in words."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from congress.domain.access import COMMAND
from congress.services import auditing
from congress.services.network import naming
from congress.transaction import transaction
from congress.web.network import log_words
from tests.network import an_organisation
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.network.test_organisations import LIST
from tests.web.organisers import a_network_account, hidden, logged_in, post

LOG = "/organiser/network/log"
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
OF_REGISTER = ("cataloguing", "naming", "importing", "uniting")


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def sentences(client, query=""):
    page = pages.read(client.get(LOG + query))
    return [pages.words(each) for each in pages.find_all(pages.get(page, "ol"), "li")]


def test_what_the_office_does_stands_there_with_who_did_it(app, office):
    with app.app_context():
        number = an_organisation("Stadt Rheine").id
    edit = f"{LIST}/{number}/edit"
    sent = {"name": "Rheine an der Ems", "inhabitants": "77000"}
    assert post(office, edit, edit, **sent, version=hidden(office, edit, "version")) == 303
    assert post(office, f"{LIST}/{number}/aliases", f"{LIST}/{number}", alias="Emsdorf") == 303
    last, before = sentences(office)

    assert "Rheine an der Ems wird auch als „Emsdorf“ gefunden." in last
    assert "office@example.org" in last
    assert "Stadt Rheine heißt jetzt Rheine an der Ems." in before
    assert pages.has(pages.read(office.get(LOG)), "a", href=f"{LIST}/{number}")


@pytest.mark.sqlite_only
def test_older_lines_are_on_further_pages_and_a_page_takes_few_statements(app, office):
    with app.app_context():
        rheine = an_organisation("Stadt Rheine")
        for number in range(130):
            naming.add_alias(rheine.id, f"Name {number}", actor=COMMAND, now=NOW)
    with count_queries() as statements:
        shown = sentences(office)
    older = pages.find_all(pages.read(office.get(LOG)), "a")
    [address] = [each.get("href") for each in older if "before=" in each.get("href", "")]

    assert len(shown) == 100
    assert len(sentences(office, address.removeprefix(LOG))) == 30
    assert len(statements) <= 4


@pytest.mark.sqlite_only
def test_what_does_not_belong_to_the_network_is_not_shown(app, office):
    with app.app_context(), transaction():
        auditing.record("password_chosen", actor=COMMAND, now=NOW, details={"account": 1})

    assert not pages.has(pages.read(office.get(LOG)), "ol", class_="log plain")
    assert office.get(f"{LOG}?before=x").status_code == 200


@pytest.mark.sqlite_only
def test_who_may_read_it(app):
    statuses = {}
    for role in ("reader", "funder"):
        a_network_account(app, f"{role}@example.org", role)
        statuses[role] = logged_in(app, f"{role}@example.org").get(LOG).status_code

    assert statuses == {"reader": 200, "funder": 403}


def test_every_act_on_the_register_has_words():
    folder = Path(naming.__file__).parent
    code = "".join((folder / f"{name}.py").read_text() for name in OF_REGISTER)
    verbs = set(re.findall(r'record\(\s*"(\w+)"', code))

    assert len(verbs) == 8
    assert verbs <= set(log_words.WORDS)
