"""Takes the pictures of README and docs: the real program, a filled demo, a real browser.

Use `script/screenshots`. Whoever is to be seen is made up; the one person who registers here is
Erika Mustermann, whom everybody knows not to exist.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from script import network_places, wishes_places
from script.picture_list import (
    AFTERWARDS,
    DESKTOP,
    GIVEN,
    LATER,
    NETWORK,
    NETWORK_OFFICE,
    NETWORK_OWN,
    ORGANISERS,
    PUBLIC,
    SHEETS,
    WISHES_OFFICE,
    WISHING,
    Picture,
)

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
LOGIN = ("organiser@example.org", "a password for pictures")
ATTENDEES = 168
PATIENCE = 150  # seconds until the program must answer
MOST_BYTES = 200_000
PALETTE = 128  # colours of a page, which leave a third of the bytes and nothing to see
DOTS, FEW = 50, 16  # per inch of paper, and colours of all of it: enough to see what it is
# Root may not have the sandbox; all pages are our own. Grey letters make smaller files.
OPTIONS = ["--no-sandbox", "--disable-lcd-text", "--disable-gpu"]


def main(beginnings: list[str]) -> int:
    """Take the pictures whose names begin so, or all; return the exit status."""
    if missing := _missing():
        print(missing, file=sys.stderr)
        return 2
    browser_path = next(filter(None, map(shutil.which, _browsers())))
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _program(Path(folder)) as environment,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=OPTIONS)
        places = _register(browser)
        cookies = _log_in(browser, places)
        _take_all(browser, PUBLIC, beginnings, places)
        _take_all(browser, ORGANISERS, beginnings, places, cookies)
        office = _open(browser, "/", session=cookies)
        places |= network_places.find(office, BASE)
        own, contact = network_places.enter(browser, office, BASE, places["contact"])
        places["municipality"] = own
        _take_all(browser, NETWORK, beginnings, places)
        _take_all(browser, NETWORK_OFFICE, beginnings, places, cookies)
        _take_all(browser, NETWORK_OWN, beginnings, places, contact)
        places |= wishes_places.find(office, BASE)
        places |= wishes_places.register(browser, BASE, places["wishes"])
        _take_all(browser, WISHING, beginnings, places)
        wishes_places.assign(office, BASE, places["wishes"])
        _take_all(browser, WISHES_OFFICE, beginnings, places, cookies)
        wishes_places.release(office, BASE, places["wishes"])
        _take_all(browser, GIVEN, beginnings, places)
        places |= _make_editions(environment)
        _take_all(browser, AFTERWARDS, beginnings, places)
        _take_all(browser, LATER, beginnings, places, cookies)
        for name, address in SHEETS.items():
            if name.startswith(tuple(beginnings) or ""):
                _print(browser, name, address.format_map(places), cookies)
        browser.close()
    return 0


def _take_all(
    browser: Browser,
    pictures: Iterable[Picture],
    beginnings: list[str],
    places: dict[str, str],
    session: str = "",
) -> None:
    """Take those pictures that are wanted, as whoever has this session sees them."""
    for each in pictures:
        if each.name.startswith(tuple(beginnings) or ""):
            _take(browser, each, places, session)


def _missing() -> str:
    """Say what this machine lacks for it; nothing where it has all."""
    if next(filter(None, map(shutil.which, _browsers())), None) is None:
        return "No Chromium found: apt-get install chromium, or CHROMIUM=/path"
    if shutil.which("pdftoppm") is None:
        return "No pdftoppm found, which draws sheets of paper: apt-get install poppler-utils"
    return ""


def _browsers() -> list[str]:
    names = [
        *(os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"),
        "chromium-headless-shell",
    ]
    return [name for name in names if name]


@contextmanager
def _program(folder: Path) -> Iterator[dict[str, str]]:
    """Run the program with its worker on a filled demo; give what it runs with."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = known | {
        "VAR_DIR": str(folder),
        "PORT": str(PORT),
        "DEMO_PASSWORD": LOGIN[1],
        "FORM_MIN_SECONDS": "0",
    }
    log = (folder / "log").open("w")
    command = [sys.executable, "-m", "congress.launcher"]
    server = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        slug = re.search(r'href="/(fachkongress-20[2-9]\d)[?"]', _answer(server, log.name))
        flask = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "fill"]
        filling = [*flask, str(slug and slug[1]), "--attendees", str(ATTENDEES)]
        subprocess.run(  # noqa: S603 - our own command
            filling, cwd=ROOT, env=environment, check=True, capture_output=True
        )
        yield environment
    finally:
        server.terminate()
        server.wait(PATIENCE)
        log.close()


def _make_editions(environment: dict[str, str]) -> dict[str, str]:
    """Let there be an event of today and one of last week; return the addresses in them."""
    command = [sys.executable, "-m", "script.editions"]
    made = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, str] = json.loads(made.stdout)
    return found


def _answer(server: subprocess.Popen[bytes], log: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(BASE, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.2)
    raise SystemExit(f"The program does not answer:\n{Path(log).read_text()}")


def _register(browser: Browser) -> dict[str, str]:
    """Register Erika Mustermann; return the addresses that belong to her."""
    page = _open(browser, "/")
    slug = str(page.locator("main a[href^='/fachkongress-']").first.get_attribute("href"))[1:]
    page.goto(f"{BASE}/{slug}/register")
    page.get_by_label("Vorname").fill("Erika")
    page.get_by_label("Nachname").fill("Mustermann")
    page.get_by_label("E-Mail").first.fill("erika.mustermann@example.org")
    page.get_by_label("Organisation").first.fill("Stadt Lünen")
    page.get_by_label("Funktion").first.fill("Ehrenamtskoordination")
    page.locator("input[type=radio]").first.check(force=True)
    page.locator("textarea").first.fill("Wie gewinnen wir junge Menschen für den ersten Schritt?")
    for consent in page.locator("form input[type=checkbox]").all():
        consent.check(force=True)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url("**/registration/**")
    own_page = page.url.removeprefix(BASE)
    invitation, letter = _wait_for_mails(page)
    page.context.close()
    return {"slug": slug, "own_page": own_page, "mail": letter, "invitation": invitation}


def _wait_for_mails(page: Page) -> list[str]:
    """Return the addresses of both mails, the latest first, once the worker has delivered them."""
    for _ in range(PATIENCE):
        page.goto(f"{BASE}/demo/mailbox")
        mails = page.locator("main a[href^='/demo/mailbox/']").all()
        if len(mails) == 2:  # noqa: PLR2004 - the confirmation, then the invitation
            return [str(each.get_attribute("href")) for each in mails]
        time.sleep(1)
    raise SystemExit("The two mails did not arrive in the demo's mailbox.")


def _log_in(browser: Browser, places: dict[str, str]) -> str:
    """Log in as the demo's organiser; find the addresses that only organisers know."""
    page = _open(browser, "/login")
    page.locator("input[type=email]").fill(LOGIN[0])
    page.locator("input[type=password]").fill(LOGIN[1])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/organiser/**")
    own = f"/organiser/{places['slug']}"
    places["found"] = f"{own}/attendees?q=erika.mustermann"
    page.goto(BASE + places["found"])
    found = page.locator("main table a[href*='/attendees/']").first
    places["attendee"] = str(found.get_attribute("href"))
    places["other"] = _register_by_phone(page, f"{own}/attendees/new")
    page.goto(f"{BASE}{own}/attendees")
    workshops = page.locator("select#workshop option").all()
    places["workshop"] = str(workshops[1].get_attribute("value"))
    _move_later(page, f"{own}/programme/{workshops[4].get_attribute('value')}/edit")
    session = next(each for each in page.context.cookies() if each["name"] == "session")
    page.context.close()
    return session["value"]


def _register_by_phone(page: Page, address: str) -> str:
    """Enter Erika Mustermann once more, as if she had phoned as well; return her number."""
    page.goto(BASE + address)
    for name, words in (("given_name", "Erika"), ("family_name", "Mustermann")):
        page.locator(f"#{name}").fill(words)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_label("Das ist jemand anderes").check(force=True)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url(re.compile(r"/attendees/\d+"))
    return page.url.rpartition("/")[2]


def _move_later(page: Page, address: str) -> None:
    """Let a workshop end later, so that there is something to be published."""
    page.goto(BASE + address)
    page.get_by_label("Ende").fill("15:30")
    page.get_by_role("button", name="Speichern").last.click()
    page.wait_for_url("**/programme")


def _open(
    browser: Browser,
    address: str,
    width: int = DESKTOP,
    *,
    is_dark: bool = False,
    session: str = "",
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="de-DE",
        color_scheme="dark" if is_dark else "light",
        reduced_motion="reduce",
    )
    if session:
        context.add_cookies([{"name": "session", "value": session, "url": BASE}])
    page = context.new_page()
    answer = page.goto(BASE + address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} cannot be shown: {answer and answer.status}")
    return page


def _take(browser: Browser, picture: Picture, places: dict[str, str], session: str) -> None:
    address = picture.address.format_map(places)
    page = _open(browser, address, picture.width, is_dark=picture.is_dark, session=session)
    top = 0.0
    if picture.scrolled_to:
        box = page.locator(picture.scrolled_to).bounding_box()
        top = max(0.0, (box["y"] if box else 0) - 40)
    whole = int(page.evaluate("document.documentElement.scrollHeight"))
    path = FOLDER / f"{picture.name}.png"
    height = min(picture.height, whole - top)
    clip = {"x": 0.0, "y": top, "width": float(picture.width), "height": height}
    _save(page.screenshot(full_page=True, clip=clip), path, PALETTE)  # type: ignore[arg-type]
    size = path.stat().st_size
    too_big = "  TOO BIG" if size > MOST_BYTES else ""
    print(f"{path.relative_to(ROOT)}  {picture.width} x {height:.0f}  {size // 1000} KB{too_big}")
    page.context.close()


def _print(browser: Browser, name: str, address: str, session: str) -> None:
    page = _open(browser, "/", session=session)
    path = FOLDER / f"{name}.png"
    one_page = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS), "-"]
    answer = page.context.request.get(BASE + address)
    if answer.headers["content-type"] != "application/pdf":
        raise SystemExit(f"{address} is no PDF: {answer.status} {answer.url}")
    drawn = subprocess.run(one_page, input=answer.body(), check=True, capture_output=True).stdout  # noqa: S603 - our own file
    _save(drawn, path, FEW)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} KB")
    page.context.close()


def _save(drawn: bytes, path: Path, colours: int) -> None:
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
