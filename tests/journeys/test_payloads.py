"""What strangers type stays text on every page that shows it (SEC-05, SEC-06, SEC-07)."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from congress.domain.attendee_list import LONGEST_SEARCH
from tests.journeys.inspection import window_of
from tests.journeys.scenes import WORK

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' autofocus onfocus='alert(1)",
    "</textarea></title><script>alert(1)</script>",
    "<a href=javascript:alert(1)>Klick</a>",
    "<style>*{display:none}</style>",
    "{{7*7}} ${7*7} {manage_url} %(x)s",
    "&lt;b&gt;&amp;lt;",
    "{event.__class__.__init__} {% raw %}",
    "[x](https:evil) www. evil. example",
)
ADVERTISING = "[x](http://evil.example) http://evil.example"


def test_what_looks_like_the_address_of_a_page_is_refused_and_kept(stage, visitor):
    """SEC-06: it is shown as text, to whoever typed it and to nobody else."""
    with window_of(visitor) as (page, witness):
        page.goto(f"{stage.url}/{stage.open}/register")
        fields = ("given_name", "family_name", "organisation", "function")
        for field in fields:
            page.locator(f"#{field}").fill(ADVERTISING)
        page.locator("#email").fill(f"{uuid4()}@example.org")
        page.locator("main input[type=radio]:enabled").first.check()
        page.locator("textarea:visible").first.fill(ADVERTISING)
        page.get_by_label("Hinweise zum Datenschutz").check()
        page.get_by_role("button", name="Verbindlich anmelden").click()

        for field in fields:
            expect(page.locator(f"#{field}")).to_have_value(ADVERTISING)
            expect(page.locator(f"#{field}-err")).to_contain_text("http://evil.example")
        expect(page.locator("#fehlerliste li")).to_have_count(5)  # and the question
        assert page.locator("a[href*=evil]").count() == 0
        assert witness.faults == []


# Some in a row, so that each of them stands in every field.
@pytest.mark.parametrize("payload", [" ".join(PAYLOADS[at::4]) for at in range(4)])
def test_what_somebody_types_is_shown_as_typed(stage, visitor, organiser, payload):
    with window_of(visitor) as (page, witness):
        page.goto(f"{stage.url}/{stage.open}/register")
        for field in ("given_name", "family_name", "organisation", "function"):
            page.locator(f"#{field}").fill(payload)
        page.get_by_role("button", name="Verbindlich anmelden").click()
        expect(page.locator("#given_name")).to_have_value(payload)  # refused, and kept

        address = f"{uuid4()}@example.org"
        page.locator("#email").fill(address)
        page.locator("main input[type=radio]:enabled").first.check()
        page.locator("textarea:visible").first.fill(payload)
        page.get_by_label("Hinweise zum Datenschutz").check()
        page.get_by_role("button", name="Verbindlich anmelden").click()
        page.wait_for_url("**/registration/**")
        page.locator("main details").last.locator("summary").click()  # the question is folded
        # Two names, two facts, the question.
        assert page.locator("main").inner_text().count(payload) >= 5
        page.goto(f"{page.url}/withdraw")
        expect(page.locator("main")).to_contain_text(f"{payload} {payload}")
        assert witness.faults == []

    with window_of(organiser) as (page, witness):
        work = stage.url + WORK.format_map(stage.names)
        page.goto(f"{work}/attendees?{urlencode({'q': payload[:LONGEST_SEARCH]})}")
        expect(page.get_by_role("searchbox", name="Suche")).to_have_value(payload[:LONGEST_SEARCH])
        page.goto(f"{work}/attendees?{urlencode({'q': address})}")
        assert page.locator("tbody").inner_text().count(payload) >= 3
        page.locator("tbody a:not(.correct)").click()
        expect(page.locator("h1")).to_have_text(f"{payload} {payload}")
        assert page.locator("main").inner_text().count(payload) >= 5
        page.goto(f"{work}/outbox?{urlencode({'q': address})}")
        page.locator("tbody a:not(.correct)").last.click()
        expect(page.locator("main pre").first).to_contain_text(payload)
        page.locator("a[href*='/html']").click()
        expect(page.locator("body")).to_contain_text(payload)
        assert page.locator("a[href*=evil], script, svg").count() == 0
        # The code for the door goes with the mail; of what was typed there is no picture.
        assert page.locator("img:not([src^='data:image/png;'])").count() == 0
        assert witness.faults == []
