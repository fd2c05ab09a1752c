"""Two entries of one organisation on a page: found, looked at side by side, made one."""

import pytest

from tests.network import a_membership, an_organisation
from tests.web import pages
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

LIST = "/organiser/network/organisations"


@pytest.fixture
def both(app):
    with app.app_context():
        kept = an_organisation("Stadt Rheine", kind="municipality")
        other = an_organisation("Rathaus Rheine", kind="agency", ags="05566076")
        a_membership(other)
        return kept.id, other.id


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def test_both_are_seen_and_made_one(app, office, both):
    kept, other = both
    page = f"{LIST}/{kept}/merge?with=05566076"
    shown = pages.read(office.get(page))
    assert pages.has(shown, "input", name="of-kind", value=str(other))
    assert not pages.has(shown, "input", name="of-ags")
    sent = {"with": "Rathaus Rheine", "seen": hidden(office, page, "seen"), "keep": str(kept)}

    address = f"{LIST}/{kept}/merge"
    assert post(office, address, page, **sent, **{"of-kind": str(other)}) == 303
    one = office.get(f"{LIST}/{kept}").text
    assert "Rathaus Rheine" in one
    assert "05566076" in one
    assert office.get(f"{LIST}/{other}").status_code == 404


def test_the_other_one_may_go_on(app, office, both):
    kept, other = both
    page = f"{LIST}/{kept}/merge?with=Rathaus+Rheine"
    sent = {"with": "Rathaus Rheine", "seen": hidden(office, page, "seen"), "keep": str(other)}
    assert post(office, f"{LIST}/{kept}/merge", page, **sent) == 303

    assert office.get(f"{LIST}/{kept}").status_code == 404
    assert office.get(f"{LIST}/{other}").status_code == 200


@pytest.mark.sqlite_only
@pytest.mark.parametrize("typed", ["Nirgendwo", "Stadt Rheine", "x" * 300])
def test_what_is_not_another_entry_is_told_and_kept(office, both, typed):
    answer = office.get(f"{LIST}/{both[0]}/merge", query_string={"with": typed})

    assert answer.status_code == 422
    assert pages.has(pages.read(answer), "input", name="with", value=typed)


@pytest.mark.sqlite_only
def test_whoever_is_late_sees_both_as_they_are(app, office, both):
    page = f"{LIST}/{both[0]}/merge?with=Rathaus+Rheine"
    form = {"csrf_token": token(office, page), "with": "Rathaus Rheine", "seen": "old"}
    answer = office.post(f"{LIST}/{both[0]}/merge", data=form | {"of-kind": str(both[1])})

    assert answer.status_code == 409
    chosen = pages.get(pages.read(answer), "input", name="of-kind", value=str(both[1]))
    assert chosen.get("checked") is not None


@pytest.mark.sqlite_only
def test_looking_changes_nothing_and_readers_do_not_look(app, office, both):
    assert office.get(f"{LIST}/{both[0]}/merge").status_code == 200
    a_network_account(app, "reader@example.org", "reader")
    reader = logged_in(app, "reader@example.org")
    assert reader.get(f"{LIST}/{both[0]}/merge").status_code == 403
