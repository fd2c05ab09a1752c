"""Devices at the doors: a code before the camera, the network gone, two of them, and back again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright, expect
from sqlalchemy import delete, func, select

from config import load_settings
from congress.app import bind_migrations, create_app
from congress.domain.access import Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import (
    AccountSession,
    Attendance,
    Congress,
    DoorScan,
    ProgrammeItem,
    Registration,
)
from congress.services import tokens
from congress.transaction import transaction
from tests.builders import a_congress, a_registration, a_workshop
from tests.concurrency.servers import ROOT
from tests.journeys.conftest import OPTIONS
from tests.journeys.house import open_house
from tests.web.organisers import PASSWORD, an_organiser

MANY = 50
DOUBLED = 5
WIDTH, HEIGHT, PIXELS = 640, 480, 8  # of the camera, and of a module of the code
RAW = """async () => {
  const done = (asked) => new Promise((resolve) => {
    asked.onsuccess = () => resolve(asked.result);
  });
  const database = await done(indexedDB.open("door-heute"));
  const found = [];
  for (const store of database.objectStoreNames) {
    found.push(...await done(database.transaction(store).objectStore(store).getAll()));
  }
  database.close();
  const text = (each) => {
    if (each instanceof CryptoKey) return `key, readable: ${each.extractable}`;
    if (each instanceof ArrayBuffer) return new TextDecoder().decode(each);
    return typeof each === "object" ? Object.values(each).map(text).join(" ") : String(each);
  };
  return found.map(text).join(" ");
}"""


@dataclass
class World:
    """A congress of today, whose people are Gast00, Gast01, …, and who stands at its doors."""

    url: str
    folder: Path
    codes: Sequence[str]

    def end_sessions(self) -> None:
        """Let everybody be logged out."""
        app = create_app(load_settings(var_dir=self.folder / "var"))
        with app.app_context(), transaction():
            db.session.execute(delete(AccountSession))

    def call_off_workshop(self) -> None:
        """Let the workshop not take place."""
        app = create_app(load_settings(var_dir=self.folder / "var"))
        with app.app_context(), transaction():
            ours = select(Congress.id).where(Congress.slug == "heute").scalar_subquery()
            found = select(ProgrammeItem).where(ProgrammeItem.congress_id == ours)
            item = db.session.scalars(found).one()
            item.cancelled, item.released = True, {**(item.released or {}), "cancelled": True}

    def counts(self) -> tuple[int, int, int]:
        """How many are there, how many scans came, and how many of those were doubles.

        Of this congress alone: the demo beside it has people who were there as well.
        """
        app = create_app(load_settings(var_dir=self.folder / "var"))
        with app.app_context():
            ours = select(Congress.id).where(Congress.slug == "heute").scalar_subquery()
            of_ours = Registration.congress_id == ours
            people = select(func.count(Attendance.id)).join(Registration).where(of_ours)
            scans = select(func.count()).where(DoorScan.congress_id == ours)
            doubles = scans.where(DoorScan.outcome == "elsewhere")
            return tuple(db.session.scalars(each).one() for each in (people, scans, doubles))  # type: ignore[return-value]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    # Before anything else runs, which would write at the same time.
    app = create_app(load_settings(var_dir=tmp_path / "var"))
    now = datetime.now(UTC).replace(microsecond=0)
    bind_migrations(app)
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        congress = a_congress(
            slug="heute", days=((now - timedelta(minutes=1), now + timedelta(minutes=2)),)
        )
        number = congress.id
        a_workshop(congress, number=1, starts_at=now, ends_at=now + timedelta(minutes=1))
        people = [a_registration(congress, family_name=f"Gast{each:02}").id for each in range(MANY)]
        with transaction():
            for person in people:
                tokens.issue(person, TokenPurpose.CHECK_IN, now=now)
        known = tokens.tokens_for(people, TokenPurpose.CHECK_IN)
    an_organiser(app, "door@example.org", {number: Role.CHECK_IN})
    with open_house(tmp_path, MAIL_URL="maildir:") as house:
        yield World(house.url, tmp_path, [known[person] for person in people])


@pytest.fixture
def with_camera(playwright: Playwright, chromium: str, world: World) -> Iterator[Browser]:
    """A browser whose camera sees the code of the first guest."""
    film = world.folder / "camera.y4m"
    film.write_bytes(filmed(world.codes[0]))
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS + camera)
    yield browser
    browser.close()


def filmed(code: str) -> bytes:
    """A film of two frames, in grey, of a code held before a camera (YUV4MPEG2)."""
    modules = [list(row) for row in segno.make(code, error="m").matrix]
    side = len(modules) * PIXELS
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    picture = bytearray(b"\xeb" * WIDTH * HEIGHT)
    for row, cells in enumerate(modules):
        line = b"".join((b"\x10" if dark else b"\xeb") * PIXELS for dark in cells)
        for each in range(PIXELS):
            start = (top + row * PIXELS + each) * WIDTH + left
            picture[start : start + side] = line
    frame = b"FRAME\n" + bytes(picture) + b"\x80" * (WIDTH * HEIGHT // 2)
    return f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg\n".encode() + frame * 2


def at_the_door(browser: Browser, world: World) -> tuple[BrowserContext, Page]:
    """Log a device in, and wait until it has its list and can do without a connection."""
    context = browser.new_context(locale="de-DE", permissions=["camera"])
    page = context.new_page()
    log_in(page, world)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    return context, page


def log_in(page: Page, world: World) -> None:
    """Log in, and wait until the device has its list."""
    page.goto(f"{world.url}/login?next=/organiser/heute/check-in/device")
    page.get_by_label("E-Mail").fill("door@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Einloggen").click()
    expect(page.locator("#list")).to_contain_text(f"{MANY} Personen")


def scan(page: Page, codes: Sequence[str]) -> None:
    """Type codes as a hand scanner does."""
    field = page.locator("#code")
    for code in codes:
        before = int(page.locator("#device").get_attribute("data-waiting") or 0)
        field.fill(code)
        field.press("Enter")
        expect(page.locator("#device")).to_have_attribute("data-waiting", str(before + 1))


def scan_and_send(page: Page, code: str) -> None:
    """Type a code where there is a connection."""
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(page.locator("#result")).to_contain_text("ist da")


def test_two_devices_without_a_connection_lose_nothing(with_camera: Browser, world: World) -> None:
    (one, first), (other, second) = (at_the_door(with_camera, world) for _each in range(2))
    for each in (one, other):
        each.set_offline(True)

    first.get_by_role("button", name="Kamera starten").click()
    expect(first.locator("#result")).to_contain_text("Gast00")
    expect(first.locator("#result")).to_contain_text("ist da")
    first.get_by_role("button", name="Kamera beenden").click()
    half = MANY // 2
    scan(first, world.codes[1:half])
    scan(second, world.codes[half - DOUBLED : MANY - DOUBLED])
    scan(second, ["A" * 43])
    expect(second.locator("#result")).to_contain_text("ein Code, den niemand")

    kept = first.evaluate(RAW)  # what lies on the disk
    assert "key, readable: false" in kept
    assert "Gast" not in kept
    first.reload()  # closed and opened again, still without a connection
    expect(first.locator("#device")).to_have_attribute("data-waiting", str(half))
    expect(first.locator("#count")).to_have_text(f"{half} von {MANY} da")
    assert world.counts() == (0, 0, 0)

    last = world.codes[MANY - DOUBLED]
    second.evaluate("() => { DoorStore.prototype.add = () => Promise.reject(new Error()); }")
    scan(second, [last])  # the storage is full
    expect(second.locator("#alarm")).to_contain_text("Der Speicher dieses Geräts ist voll")

    for each in (one, other):
        each.set_offline(False)
    here = MANY - DOUBLED + 1
    for page in (first, second):
        expect(page.locator("#device")).to_have_attribute("data-waiting", "0")
        expect(page.locator("#count")).to_have_text(f"{here} von {MANY} da")
    assert world.counts() == (here, MANY + 2, DOUBLED)

    plain = other.new_page()  # what others tick off is counted without loading the page again
    plain.goto(f"{world.url}/organiser/heute/check-in")
    expect(plain.locator("#count")).to_contain_text(f"{here} von {MANY} da")
    here += 1
    scan_and_send(second, world.codes[here - 1])
    expect(plain.locator("#count")).to_contain_text(f"{here} von {MANY} da")

    world.end_sessions()
    scan(first, [world.codes[here]])
    expect(first.locator("#connection")).to_contain_text("Bitte loggen Sie sich")
    expect(first.locator("#count")).to_have_text("")  # the list went with the login
    log_in(first, world)  # with another key: what waits is sent
    expect(first.locator("#device")).to_have_attribute("data-waiting", "0")
    assert world.counts() == (here + 1, MANY + 4, DOUBLED)

    first.goto(f"{world.url}/organiser/heute/check-in/reports")
    expect(first.locator("main li")).to_have_count(DOUBLED + 1)

    log_in(second, world)
    second.get_by_role("button", name="Ausloggen").click()
    second.wait_for_url("**/login")
    second.wait_for_function(
        "async () => !(await indexedDB.databases()).length && !(await caches.keys()).length"
    )
    for each in (one, other):
        each.close()


def test_whoever_logs_out_elsewhere_reads_that_scans_wait(browser: Browser, world: World) -> None:
    context, device = at_the_door(browser, world)
    context.route("**/device/scans", lambda route: route.abort())
    scan(device, world.codes[:2])
    device.close()

    page = context.new_page()
    page.goto(f"{world.url}/organiser/heute/check-in")
    expect(page.locator("#unsent")).to_contain_text("2.")
    page.goto(f"{world.url}/organiser/account")
    said: list[str] = []

    def stay(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    with page.expect_event("dialog"):  # a script counts first, and a click does not wait for it
        page.get_by_role("button", name="Ausloggen").click()
    page.goto(f"{world.url}/organiser/heute/check-in")  # logged in still, and nothing is lost
    expect(page.locator("#unsent")).to_contain_text("2.")
    assert len(said) == 1
    assert "2." in said[0]

    context.unroute("**/device/scans")
    page.get_by_role("link", name="Seite öffnen, die sie sendet").click()
    expect(page.locator("#device")).to_have_attribute("data-waiting", "0")
    assert world.counts() == (2, 2, 0)
    page.goto(f"{world.url}/organiser/heute/check-in")
    expect(page.locator("#count")).to_contain_text(f"2 von {MANY} da")
    expect(page.locator("#unsent")).to_be_hidden()
    page.get_by_role("button", name="Ausloggen").click()  # without a question
    page.wait_for_url("**/login")
    assert len(said) == 1
    context.close()


def test_a_device_says_that_its_door_is_shut(browser: Browser, world: World) -> None:
    context, device = at_the_door(browser, world)
    device.locator("#doors").get_by_role("link", name="Workshop 1").click()
    world.call_off_workshop()
    device.get_by_role("button", name="Liste neu laden").click()
    expect(device.locator("#result")).to_contain_text("Workshop 1 findet nicht mehr statt")
    here = device.locator("#doors [aria-current]")
    expect(here).to_have_text("Haupteingang")
    context.close()
