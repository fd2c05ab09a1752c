"""Every page of the network in Chromium, looked at as the other pages are (A11Y-01)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from config import load_settings
from congress.app import create_app
from congress.domain.tokens import LENGTH
from tests.journeys.conftest import log_in
from tests.journeys.house import open_house
from tests.journeys.inspection import AXE, inspect, window_of
from tests.journeys.network_scenes import AT_WORK, OF_TOWN, OF_TRAINER, PUBLIC
from tests.journeys.network_stage import (
    NetworkStage,
    log_in_as_contact,
    log_in_as_trainer,
    set_network_stage,
)
from tests.journeys.scenes import Scene

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/foreign"),
]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkStage]:
    folder = tmp_path_factory.mktemp("network")
    with open_house(folder, MAIL_URL="maildir:") as house:
        yield set_network_stage(folder, house.url)


@pytest.fixture(scope="module")
def office(browser: Browser, network: NetworkStage) -> BrowserContext:
    """The demo's organiser, who is the administrator of the network as well."""
    return log_in(browser, network.url)


@pytest.fixture(scope="module")
def contact(browser: Browser, network: NetworkStage) -> BrowserContext:
    """Somebody who speaks for a municipality, with link and code."""
    context = browser.new_context(locale="de-DE")
    log_in_as_contact(context.new_page(), network)
    return context


@pytest.fixture(scope="module")
def trainer(browser: Browser, network: NetworkStage) -> BrowserContext:
    """Somebody who leads a module, with link and code."""
    context = browser.new_context(locale="de-DE")
    log_in_as_trainer(context.new_page(), network)
    return context


def named(scenes: tuple[Scene, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scene", scenes, ids=lambda each: each.full_name)


def look_at(context: BrowserContext, network: NetworkStage, scene: Scene) -> None:
    address = network.url + scene.address.format_map(network.names)
    with window_of(context) as (page, witness):
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, page.url) == (200, address)
        if scene.act:
            scene.act(page)
        assert inspect(page, language=scene.language) + witness.faults == []


@named(PUBLIC)
def test_a_page_for_all_is_for_everybody(network, visitor, scene: Scene):
    look_at(visitor, network, scene)


@named(AT_WORK)
def test_a_page_of_the_office_is_for_everybody(network, office, scene: Scene):
    look_at(office, network, scene)


@named(OF_TOWN)
def test_a_page_of_a_municipality_is_for_everybody(network, contact, scene: Scene):
    look_at(contact, network, scene)


@named(OF_TRAINER)
def test_a_page_of_a_trainer_is_for_everybody(network, trainer, scene: Scene):
    look_at(trainer, network, scene)


# What is no page: a file, or what a page asks for.
NO_PAGES = ("_file", "_workbook", "_paper", "_document", "_sheet", "_calendar")
OF_NETWORK = ("/organiser/network", "/municipality/", "/network", "/application/")


def test_every_page_of_the_network_is_looked_at(tmp_path):
    """Whoever adds a page to the network adds it to the table of scenes."""
    app = create_app(load_settings(var_dir=tmp_path))
    sought = app.url_map.bind("example.org")
    everything = (*PUBLIC, *AT_WORK, *OF_TOWN, *OF_TRAINER)
    seen = {sought.match(filled(scene.address))[0] for scene in everything}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(OF_NETWORK)
        and "GET" in (rule.methods or ())
        and not rule.endpoint.endswith(NO_PAGES)
    }
    assert pages - seen == set()


def filled(address: str) -> str:
    """Put something into the braces of an address that is shaped like what stands there."""
    path = address.partition("?")[0]
    secrets = ("own", "trainer", "applying", "course_applying", "participant", "trader")
    for name in secrets:
        path = path.replace(f"{{{name}}}", "A" * LENGTH)
    return re.sub(r"\{\w+\}", "1", path)
