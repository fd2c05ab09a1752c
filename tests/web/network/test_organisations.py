"""The register on its pages: looked through, added to, changed."""

from datetime import date

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Organisation, OrganisationAlias, OrganisationDomain
from tests.network import a_domain, a_membership, an_alias, an_organisation
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

LIST = "/organiser/network/organisations"
RHEINE = {"name": "Stadt Rheine", "kind": "municipality", "ags": "5566076"}


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def shown(answer):
    rows = pages.find_all(pages.read(answer), "th", role="rowheader")
    return [pages.words(row) for row in rows]


@pytest.mark.sqlite_only
def test_the_list_follows_its_address(app, office):
    with app.app_context():
        rheine = an_organisation(
            "Stadt Rheine", ags="05566076", district="05566", inhabitants=76000
        )
        an_organisation("Beispiel GmbH", kind="company", sector="business")
        an_organisation("Altdorf", valid_until=date(2015, 12, 31), successor_id=rheine.id)
        a_membership(rheine)

    assert shown(office.get(LIST)) == ["Beispiel GmbH", "Stadt Rheine"]
    assert shown(office.get(f"{LIST}?q=rhei")) == ["Stadt Rheine"]
    assert shown(office.get(f"{LIST}?member=member")) == ["Stadt Rheine"]
    assert shown(office.get(f"{LIST}?kind=company&sector=business")) == ["Beispiel GmbH"]
    [ended] = shown(office.get(f"{LIST}?ended=yes"))
    assert "Stadt Rheine" in ended
    for odd in ("?q=%00%ff", "?kind=x&size=x&sector=x&member=x&ended=x", "?page=99999999999"):
        assert office.get(LIST + odd).status_code == 200


@pytest.mark.sqlite_only
def test_a_page_of_the_list_takes_as_many_statements_for_3_as_for_60(app, office):
    counts = []
    for many in (3, 60):
        with app.app_context():
            for number in range(many):
                an_organisation(f"Ort {number:02}")
        with count_queries() as statements:
            answer = office.get(LIST)
        counts.append(len(statements))
    second = office.get(f"{LIST}?page=2")

    assert counts[0] == counts[1]
    assert (len(shown(answer)), len(shown(second))) == (50, 10)


def test_an_organisation_is_added_and_its_key_repaired(app, office):
    sent = RHEINE | {"suggested": "y", "inhabitants": "76.218", "valid_from": "1.1.1975"}
    assert post(office, f"{LIST}/new", f"{LIST}/new", **sent) == 303

    with app.app_context():
        row = db.session.scalars(select(Organisation)).one()
        assert (row.ags, row.district, row.sector) == ("05566076", "05566", "public")
        assert (row.inhabitants, row.valid_from, row.suggested) == (76218, date(1975, 1, 1), True)
        here = f"{LIST}/{row.id}"
    page = office.get(here)
    assert page.status_code == 200
    assert "76.218" in page.text


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sent", "entry"),
    [
        ({"name": ""}, "name"),
        ({"ags": "556607"}, "ags"),
        ({"ags": "5.57E+06"}, "ags"),
        ({"ags": "99566076"}, "ags"),
        ({"inhabitants": "viele"}, "inhabitants"),
        ({"valid_from": "gestern"}, "valid_from"),
        ({"valid_from": "1.1.2016", "valid_until": "1.1.2015"}, "valid_until"),
        ({"successor_id": "Nirgendwo", "valid_until": "1.1.2015"}, "successor_id"),
        ({"successor_id": "Stadt Essen"}, "valid_until"),
        ({"website": "rheine"}, "website"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept(app, office, sent, entry):
    with app.app_context():
        an_organisation("Stadt Essen")
    form = {"csrf_token": token(office, f"{LIST}/new")} | RHEINE | sent
    answer = office.post(f"{LIST}/new", data=form)

    assert answer.status_code == 422
    page = pages.read(answer)
    assert pages.has(page, "a", href=f"#{entry}")
    kept = RHEINE | {"ags": "05566076"} | sent  # the key is mended where it is one
    for name, typed in kept.items():
        if name != "kind":
            assert pages.has(page, "input", name=name, value=typed), name


def test_a_name_that_is_taken_is_told_by_whom(app, office):
    with app.app_context():
        an_alias(an_organisation("Stadt Essen"), "Stadt Rheine")
    form = {"csrf_token": token(office, f"{LIST}/new")} | RHEINE
    answer = office.post(f"{LIST}/new", data=form)

    assert answer.status_code == 409
    assert "Stadt Essen" in answer.text


def test_a_merger_is_told_on_both_pages(app, office):
    with app.app_context():
        old, new = an_organisation("Altdorf").id, an_organisation("Neustadt").id
    edit = f"{LIST}/{old}/edit"
    sent = {"name": "Altdorf", "valid_until": "31.12.2015", "successor_id": "neustadt"}
    assert post(office, edit, edit, **sent, version=hidden(office, edit, "version")) == 303

    assert pages.has(pages.read(office.get(f"{LIST}/{old}")), "a", href=f"{LIST}/{new}")
    assert pages.has(pages.read(office.get(f"{LIST}/{new}")), "a", href=f"{LIST}/{old}")
    form = {"name": "Neustadt", "valid_until": "31.12.2015", "successor_id": "Altdorf"}
    back = f"{LIST}/{new}/edit"
    assert post(office, back, back, **form, version=hidden(office, back, "version")) == 409


def test_whoever_saves_late_is_told(app, office):
    with app.app_context():
        number = an_organisation("Altdorf").id
    edit = f"{LIST}/{number}/edit"
    version = hidden(office, edit, "version")
    assert post(office, edit, edit, name="Neudorf", version=version) == 303
    assert post(office, edit, edit, name="Olddorf", version=version) == 409


def test_other_names_and_domains_come_and_go(app, office):
    with app.app_context():
        number = an_organisation("Stadt Rheine").id
    here = f"{LIST}/{number}"
    assert post(office, f"{here}/aliases", here, alias="Emsmetropole") == 303
    assert post(office, f"{here}/domains", here, domain="rathaus@Rheine.DE") == 303
    with app.app_context():
        alias = db.session.scalars(select(OrganisationAlias)).one()
        domain = db.session.scalars(select(OrganisationDomain)).one()
        assert (alias.name, domain.domain) == ("Emsmetropole", "rheine.de")
        gone = [f"{here}/aliases/{alias.id}/remove", f"{here}/domains/{domain.id}/remove"]
    for address in gone:
        assert post(office, address, here) == 303
    with app.app_context():
        assert db.session.scalars(select(OrganisationAlias)).all() == []
        assert db.session.scalars(select(OrganisationDomain)).all() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("part", "sent", "status"),
    [
        ("aliases", {"alias": ""}, 422),
        ("aliases", {"alias": "stadt essen"}, 409),
        ("domains", {"domain": ""}, 422),
        ("domains", {"domain": "rheine"}, 422),
        ("domains", {"domain": "ein wort.de"}, 422),
        ("domains", {"domain": "gmx.de"}, 409),
        ("domains", {"domain": "essen.de"}, 409),
    ],
)
def test_a_name_or_domain_that_cannot_be_is_told_and_kept(app, office, part, sent, status):
    with app.app_context():
        a_domain(an_organisation("Stadt Essen"), "essen.de")
        number = an_organisation("Stadt Rheine").id
    here = f"{LIST}/{number}"
    answer = office.post(f"{here}/{part}", data={"csrf_token": token(office, here)} | sent)
    [(name, typed)] = sent.items()

    assert answer.status_code == status
    assert pages.has(pages.read(answer), "input", name=name, value=typed)


def test_readers_see_the_register_and_change_nothing(app):
    with app.app_context():
        number = an_organisation("Stadt Rheine").id
    a_network_account(app, "reader@example.org", "reader")
    a_network_account(app, "funder@example.org", "funder")
    reader, funder = logged_in(app, "reader@example.org"), logged_in(app, "funder@example.org")
    here = f"{LIST}/{number}"

    assert [reader.get(each).status_code for each in (LIST, here)] == [200, 200]
    assert not pages.has(pages.read(reader.get(here)), "a", href=f"{here}/edit")
    assert [reader.get(each).status_code for each in (f"{LIST}/new", f"{here}/edit")] == [403, 403]
    assert post(reader, f"{here}/aliases", "/organiser/account", alias="x") == 403
    assert [funder.get(each).status_code for each in (LIST, here)] == [403, 403]
    assert reader.get(f"{LIST}/{number + 99}").status_code == 404
