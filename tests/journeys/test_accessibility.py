"""Every page in every state, in Chromium: for everybody, at home in its own house.

A11Y-01 (axe-core, light and dark), A11Y-05 (zoom, text spacing), A11Y-06 (motion), A11Y-08
(language, headings), SEC-20 (policy, nothing inline), no request to another host.
"""

from email import message_from_bytes, policy
from threading import Thread

import pytest
from flask import abort, request
from playwright.sync_api import BrowserContext, expect
from werkzeug.serving import make_server

from config import load_settings
from congress.app import create_app
from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from congress.web.errors import PAGES
from tests.concurrency.servers import free_port
from tests.journeys.house import patiently
from tests.journeys.inspection import AXE, Witness, inspect, window_of
from tests.journeys.scenes import ENGLISH, ORGANISER, PUBLIC, WORK, Scene, open_first_html
from tests.journeys.wish_scenes import WISHES
from tests.mail_facts import a_mail

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/foreign"),
]


BARRIERS = """<!doctype html><html lang="en"><title>Faulty</title><body style="color: #999">
<style>b { display: block; width: 9em; height: 1.2em; overflow: hidden; white-space: nowrap }
p { transition: color 1s } div { width: 700px }</style>
<h1>One</h1><h3 onclick="">Three</h3><p>Pale</p><img src="data:,"><input><div>Wide</div>
<b>Just as long as it is</b><form></form><i tabindex="5">First</i><script>absent()</script>"""
FAULTS = (
    *(
        "color-contrast",
        "image-alt",
        "label",
        "not exactly one h1",
        "heading gap",
        "lang=",
        "style",
    ),
    *("onclick", "positive tabindex", "inline script", "no button", "moves", "640 px", "320 px"),
    *("cut off", "script error"),
)


def test_barriers_are_found(browser):
    """What the tests below do not find must be missing, not overlooked."""
    page = browser.new_page()
    witness = Witness(page)
    page.set_content(f"{BARRIERS}<h1>Two</h1>")
    found = "\n".join(inspect(page) + witness.faults)
    assert [fault for fault in FAULTS if fault not in found] == []
    page.close()


@pytest.mark.parametrize(
    "scene", [*PUBLIC, *ENGLISH, *ORGANISER, *WISHES], ids=lambda each: each.full_name
)
def test_a_page_is_for_everybody(stage, visitor, organiser, scene: Scene):
    context: BrowserContext = organiser if scene.is_organiser else visitor
    with window_of(context) as (page, witness):
        page.goto(stage.url + scene.address.format_map(stage.names))
        if scene.act:
            scene.act(page)
        assert inspect(page, language=scene.language) + witness.faults == []


def test_the_mails_are_for_everybody(stage, visitor):
    """The HTML of mails, as the demo shows it and outside of that closed frame."""
    page = visitor.new_page()
    witness = Witness(page)

    def delivered() -> dict[str, str]:
        page.goto(f"{stage.url}/demo/mailbox")
        links = page.locator("main .actions a")
        by_subject = "all => all.map(each => [each.children[1].textContent, each.href])"
        return dict(links.evaluate_all(by_subject)) if links.count() >= stage.mails else {}

    for mail in [*patiently(delivered).values()][:3]:
        answer = page.goto(f"{mail}/html")
        letter = answer.text()
        page.goto("about:blank")
        page.set_content(letter)
        assert inspect(page, is_mail=True) + witness.faults == []
    page.close()


def test_every_kind_of_mail_is_for_everybody(visitor):
    page = visitor.new_page()
    witness = Witness(page)
    faults = {}
    for kind in MessageKind:
        mail = message_from_bytes(render(a_mail(kind)).raw, policy=policy.default)
        html = mail.get_body(("html",))
        assert html is not None
        page.set_content(html.get_content())
        faults[str(kind)] = inspect(page, is_mail=True) + witness.faults
    assert {kind: found for kind, found in faults.items() if found} == {}
    page.close()


def test_an_organiser_sees_the_mail_in_its_own_styles(stage, organiser):
    page = organiser.new_page()
    witness = Witness(page)
    page.goto(stage.url + f"{WORK}/outbox".format_map(stage.names))
    open_first_html(page)
    expect(page.locator(".sheet")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert witness.faults == []
    page.close()


@pytest.fixture(scope="module")
def house_of_errors(tmp_path_factory):
    """An application that fails on demand."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_app(load_settings(var_dir=tmp_path_factory.mktemp("errors"), base_url=url))
    # In place of a public page: what is not in the access matrix is opened by nobody.
    app.view_functions["public.imprint"] = lambda: abort(int(request.args["code"]))
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("code", sorted(PAGES))
def test_an_error_is_for_everybody(house_of_errors, visitor, code):
    with window_of(visitor) as (page, witness):
        answer = page.goto(f"{house_of_errors}/imprint?code={code}")
        assert answer.status == code
        assert inspect(page) + witness.faults == []
