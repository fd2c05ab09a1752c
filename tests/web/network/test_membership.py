"""The office's pages of membership: lists on a day, records, corrections, conditions."""

import io
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
import time_machine

from congress.extensions import db
from congress.models import AuditLine, ConditionCheck, Membership
from tests.network import a_check, a_document, a_membership, an_organisation
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import a_network_account, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

NETWORK = "/organiser/network"
NOW = datetime(2015, 10, 21, 8, tzinfo=UTC)
SPRING, SUMMER = (datetime(2015, month, 1, tzinfo=UTC) for month in (3, 7))
PDF = b"%PDF-1.7\nsigned\n%%EOF"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rheine(app):
    with app.app_context():
        return an_organisation("Stadt Rheine").id


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def of(number, part=""):
    return f"{NETWORK}/organisations/{number}/membership{part}"


def stored(app, *columns: Any):  # noqa: ANN401 - whatever is selected
    with app.app_context():
        return [tuple(row) for row in db.session.execute(sa.select(*columns).order_by(columns[0]))]


def listed(answer):
    rows = [row for row in pages.read(answer).iter("tr") if row.get("data-organisation")]
    return [pages.words(next(row.iter("th"))) for row in rows]


def test_the_list_on_a_day_as_it_was_known_on_a_day(app, office):
    with app.app_context():
        one, two = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
        a_membership(one, "member", date(2015, 7, 1), recorded_at=SPRING, superseded_at=SUMMER)
        a_membership(one, "member", date(2015, 5, 1), recorded_at=SUMMER)
        a_membership(two, "partner", date(2013, 1, 1), recorded_at=SPRING)
        a_membership(an_organisation("Stadt Unna"), "applied", recorded_at=SPRING)
    page = f"{NETWORK}/members"

    assert listed(office.get(page)) == ["Stadt Essen", "Stadt Rheine"]
    assert listed(office.get(f"{page}?on=2015-06-01")) == ["Stadt Essen", "Stadt Rheine"]
    assert listed(office.get(f"{page}?on=1.6.2015&known=30.6.2015")) == ["Stadt Essen"]
    assert listed(office.get(f"{page}?on=2015-04-30")) == ["Stadt Essen"]
    assert listed(office.get(f"{page}?state=applied")) == ["Stadt Unna"]
    assert listed(office.get(f"{page}?state=all&q=una")) == []
    assert listed(office.get(f"{page}?state=all&q=unna")) == ["Stadt Unna"]
    # What will be known, nobody knows; what is no day is told, and the list is that of today.
    future = office.get(f"{page}?known=1.1.2030")
    assert "data-day" in future.text
    assert "1. Januar 2030" not in future.text
    wrong = office.get(f"{page}?on=gestern&state=x&page=99999999999999")
    assert (wrong.status_code, listed(wrong)) == (200, ["Stadt Essen", "Stadt Rheine"])
    assert pages.get(pages.read(wrong), id="fehlerliste") is not None


def test_the_list_is_paged_by_a_fixed_number_of_statements(app, office):
    with app.app_context():
        for number in range(51):
            a_membership(an_organisation(f"Stadt {number:03}"))
    page = f"{NETWORK}/members"
    office.get(page)
    with count_queries() as statements:
        first = office.get(page)
    with count_queries() as of_few:
        second = office.get(f"{page}?page=2")
    assert len(listed(first)) == 50
    assert listed(second) == ["Stadt 050"]
    assert len(statements) == len(of_few) <= 5


def test_the_list_as_a_workbook_with_a_line_in_the_log(app, office):
    with app.app_context():
        a_membership(an_organisation("Stadt Rheine"), "member", date(2015, 5, 1))
    with office.get(f"{NETWORK}/members.xlsx?on=2015-06-01") as answer:
        content = answer.data
    sheet = ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "Stadt Rheine" in sheet
    assert "-2015-06-01.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    details = {"count": 1, "day": "2015-06-01", "known": None}
    assert ("members_exported", details) in stored(app, AuditLine.verb, AuditLine.details)


def test_recorded_corrected_and_taken_back(app, office, rheine):
    new = of(rheine, "/new")
    assert post(office, new, new, state="member", since="bald") == 422
    assert post(office, new, new, state="boss", since="1.5.2015") == 422
    assert post(office, new, new, state="member", since="1.5.2015", note="Beschluss") == 303
    [(number,)] = stored(app, Membership.id)
    one = of(rheine, f"/{number}")
    assert 'value="01.05.2015"' in office.get(one).text
    assert post(office, one, one, state="member", since="1.4.2015", note="Beschluss") == 303
    assert post(office, one, one, state="member", since="1.3.2015") == 409  # corrected meanwhile

    shown = pages.read(office.get(of(rheine)))
    assert pages.get(shown, **{"data-superseded": str(number)}) is not None
    earlier = pages.read(office.get(of(rheine, "?on=2015-04-15&known=2015-10-20")))
    assert pages.get(earlier, **{"data-asked": ""}) is not None
    now = pages.read(office.get(of(rheine, "?on=2015-04-15")))
    assert pages.get(now, **{"data-asked": "member"}) is not None

    last = stored(app, Membership.id)[-1][0]
    back = of(rheine, f"/{last}/take-back")
    assert office.get(back).status_code == 200
    assert post(office, back, back) == 303
    assert all(each for (each,) in stored(app, Membership.superseded_at))
    assert pages.get(pages.read(office.get(of(rheine))), **{"data-state": ""}) is not None


def test_what_does_not_fit_is_asked_and_nothing_typed_is_lost(app, office, rheine):
    new = of(rheine, "/new")
    typed = {"state": "left", "since": "1.5.2015", "note": "Kündigung"}
    answer = office.post(new, data={"csrf_token": token(office, new)} | typed)
    assert answer.status_code == 409
    assert 'value="Kündigung"' in answer.text
    assert pages.get(pages.read(answer), **{"data-doubts": "never_joined"}) is not None
    assert stored(app, Membership.id) == []
    assert post(office, new, new, **typed, sure="never_joined") == 303
    assert stored(app, Membership.state) == [("left",)]


def test_a_condition_with_its_document(app, office, rheine):
    page = of(rheine, "/conditions/declaration")
    typed = {"held": "yes", "shown_on": "1.3.2015", "words": "Im Rat", "checked_on": "2.3.2015"}

    def send(file=None, **changes: Any):  # noqa: ANN401 - fields of the form
        before = pages.get(pages.read(office.get(page)), name="seen").get("value")
        mark = {"csrf_token": token(office, page), "seen": before}
        data = typed | mark | changes
        return office.post(
            page, data=data | ({"file": (io.BytesIO(file[1]), file[0])} if file else {})
        )

    for wrong in (
        {"held": "planned"},
        {"shown_on": "1.1.2030"},
        {"checked_on": ""},
        {"shown_on": "irgendwann"},
        {"file": ("a.pdf", b"MZ no pdf")},
    ):
        refused = send(**wrong)
        assert refused.status_code == 422, wrong
        assert "Im Rat" in refused.text
    assert send(file=("Erklärung.pdf", PDF)).status_code == 303
    assert send(seen="").status_code == 303  # the same once more
    assert send(seen="", words="Anders").status_code == 409

    shown = office.get(of(rheine))
    missing = "contact cross_cutting card"
    assert pages.get(pages.read(shown), **{"data-missing": missing}) is not None
    [(document,)] = stored(app, ConditionCheck.document_id)
    answer = office.get(of(rheine, f"/documents/{document}"))
    assert (answer.data, answer.headers["Cache-Control"]) == (PDF, "no-store")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert office.get(of(rheine, "/conditions/beard")).status_code == 404


def test_who_may_see_what(app, rheine):
    with app.app_context():
        town = an_organisation("Stadt Rheine")
        number = a_membership(town).id
        document = a_document(town).id
        a_check(town, document_id=document)
        other = an_organisation("Stadt Essen").id
    for role in ("reader", "funder", "coordination"):
        a_network_account(app, f"{role}@example.org", role)
    reads = [of(rheine), f"{NETWORK}/members", f"{NETWORK}/members.xlsx"]
    edits = [
        of(rheine, part)
        for part in ("/new", f"/{number}", f"/{number}/take-back", "/conditions/card")
    ] + [of(rheine, f"/documents/{document}")]
    for role, may_read, may_edit in (
        ("reader", True, False),
        ("funder", False, False),
        ("coordination", True, True),
    ):
        client = logged_in(app, f"{role}@example.org")
        for addresses, may in ((reads, may_read), (edits, may_edit)):
            for address in addresses:
                with client.get(address) as answer:
                    assert answer.status_code == (200 if may else 403), (role, address)
    reader = logged_in(app, "reader@example.org").get(of(rheine)).text
    assert "/membership/new" not in reader
    assert "/documents/" not in reader
    # The record or the document of another organisation is as unknown as none.
    for part in (f"/{number}", f"/{number}/take-back", f"/documents/{document}"):
        assert client.get(of(other, part)).status_code == 404
    assert client.get(of(rheine + 1000)).status_code == 404
