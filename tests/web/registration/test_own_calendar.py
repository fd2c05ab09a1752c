"""The calendar on the page of a registration: one channel, and how one chooses it."""

import re

import pytest

from tests.web.registration.visitors import change


@pytest.mark.sqlite_only
def test_the_page_offers_the_calendar_as_file_and_as_subscription(visitor, congress):
    """ICS-20, ICS-23: the feed has a token of its own."""
    page = visitor.own_page()
    own = visitor.open(page).text

    assert f'href="{page}/calendar.ics"' in own
    assert "/feed/" not in own  # who is invited by mail is offered no second entry

    said = visitor.act(page, "calendar", channel="subscription")
    assert said.status_code == 303
    own = visitor.open(said.headers["Location"]).text
    assert "Ihr Kalendereintrag kommt jetzt aus dem Abonnement." in own
    assert "mit Kalendereintrag zum Abonnieren" in own
    assert "mit Kalendereintrag per Mail" not in own
    assert f'href="{page}/calendar.ics"' not in own
    assert re.search(r'href="webcal://congress\.test/feed/[\w-]+\.ics"', own)
    assert page.rsplit("/", 1)[1] not in re.findall(r"/feed/([\w-]+)", own)
    assert 'href="/demo/mailbox"' in own  # only in the demo


@pytest.mark.sqlite_only
def test_invitations_by_mail_come_back_and_take_the_subscription_away(visitor, congress):
    page = visitor.own_page()
    visitor.act(page, "calendar", channel="subscription")
    said = visitor.act(page, "calendar", channel="invitations")
    own = visitor.open(said.headers["Location"]).text

    assert "Ihr Kalendereintrag kommt jetzt per Mail." in own
    assert "/feed/" not in own
    assert visitor.act(page, "calendar", channel="pigeon").status_code == 400


@pytest.mark.sqlite_only
def test_whose_address_is_known_to_others_takes_a_new_one(visitor, congress):
    """SEC-27."""
    page = visitor.own_page()
    visitor.act(page, "calendar", channel="subscription")
    [old] = set(re.findall(r"(/feed/[\w-]+\.ics)", visitor.open(page).text))
    said = visitor.act(page, "calendar", channel="other-address")
    own = visitor.open(said.headers["Location"]).text

    assert "Ihr Abonnement hat eine neue Adresse." in own
    [new] = set(re.findall(r"(/feed/[\w-]+\.ics)", own))
    assert [visitor.open(each).status_code for each in (old, new)] == [404, 200]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("capacity", [9, 0], ids=["registered", "waiting"])
def test_only_whoever_has_an_invitation_reads_that_it_is_withdrawn(
    app, visitor, congress, capacity
):
    change(app, congress, capacity=capacity, waiting_list=True)
    own = visitor.open(visitor.own_page()).text

    has_place = capacity > 0
    assert ("Die Einladung ziehen wir dann zurück" in own) is has_place
    assert ("Sobald Sie einen Platz haben, kommt Ihr Eintrag per Mail" in own) is not has_place
    assert ("zeigt es nur, wann die Veranstaltung stattfindet" in own) is not has_place
