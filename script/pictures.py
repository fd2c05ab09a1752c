"""Takes the pictures of README and docs: the real program, a filled demo, a real browser.

Use `script/screenshots`. Whoever is to be seen is made up; the one person who registers here is
Erika Mustermann, whom everybody knows not to exist.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
LOGIN = ("organiser@example.org", "a password for pictures")
ATTENDEES = 168
DESKTOP, PHONE = 1280, 360
PATIENCE = 60  # seconds until the program must answer
MOST_BYTES = 200_000
# Root may not have the sandbox; all pages are our own. Grey letters make smaller files.
OPTIONS = ["--no-sandbox", "--disable-lcd-text", "--disable-gpu"]


@dataclass(frozen=True)
class Picture:
    """One file: which page (`{slug}` and the like are filled in), how wide, how much of it."""

    name: str
    address: str
    height: int
    width: int = DESKTOP
    is_dark: bool = False
    scrolled_to: str = ""  # a heading that is to stand at the top


PUBLIC = (
    Picture("start", "/", 700),
    Picture("congress", "/{slug}", 900),
    Picture("congress-phone", "/{slug}", 1000, width=PHONE),
    Picture("congress-dark", "/{slug}", 800, is_dark=True),
    Picture("programme", "/{slug}", 1000, scrolled_to="#programm"),
    Picture("register", "/{slug}/register", 1200),
    Picture("register-phone", "/{slug}/register", 1000, width=PHONE),
    Picture("own-page", "{own_page}", 1000),
    Picture("own-page-phone", "{own_page}", 1000, width=PHONE),
    Picture("mail", "{mail}", 1000),
    Picture("invitation", "{invitation}", 900),
    Picture("login", "/login", 620),
)
ORGANISERS = (
    Picture("organiser-new", "/organiser/new", 1300),
    Picture("organiser-next", "/organiser/{slug}/next-edition", 900),
    Picture("organiser-overview", "/organiser/{slug}", 900),
    Picture("organiser-figures", "/organiser/{slug}/figures", 900),
    Picture("organiser-attendees", "/organiser/{slug}/attendees", 860),
    Picture("organiser-attendees-dark", "/organiser/{slug}/attendees", 700, is_dark=True),
    Picture("organiser-attendees-phone", "/organiser/{slug}/attendees", 1000, width=PHONE),
    Picture("organiser-export", "{found}", 320, scrolled_to="#files"),
    Picture("organiser-attendee", "{attendee}", 900),
    Picture("organiser-merge", "{attendee}/merge/{other}", 900),
    Picture("organiser-check-in", "/organiser/{slug}/check-in", 700, width=PHONE),
    Picture("organiser-print", "/organiser/{slug}/print", 620),
    Picture("organiser-write", "/organiser/{slug}/attendees/write?state=confirmed", 900),
    Picture("organiser-programme", "/organiser/{slug}/programme", 900),
    Picture("organiser-plan", "/organiser/{slug}/programme?view=rooms", 900),
    Picture("organiser-release", "/organiser/{slug}/programme/release", 1000),
    Picture("organiser-edit", "/organiser/{slug}/programme/{workshop}/edit", 1200),
    Picture("organiser-settings", "/organiser/{slug}/settings", 1200),
    Picture("organiser-people", "/organiser/{slug}/people", 560),
    Picture("organiser-call", "/organiser/{slug}/call", 1000),
    Picture("organiser-rooms", "/organiser/{slug}/rooms", 700),
    Picture("organiser-look", "/organiser/{slug}/settings/look", 900),
    Picture("organiser-legal", "/organiser/{slug}/settings/legal", 900),
    Picture("organiser-import", "/organiser/{slug}/attendees/import", 800),
    Picture("organiser-several", "/organiser/{slug}/attendees/several?state=confirmed", 900),
    Picture("organiser-outbox", "/organiser/{slug}/outbox", 560),
    Picture("organiser-mailing", "/organiser/{slug}/mailings/new?state=confirmed", 1200),
    Picture("organiser-reminders", "/organiser/{slug}/settings/reminders", 900),
    Picture("organiser-words", "/organiser/{slug}/settings/mails/templates/confirmed", 1200),
    Picture("organiser-log", "/organiser/{slug}/log", 800),
    Picture("organiser-team", "/organiser/{slug}/team", 800),
    Picture("organiser-account", "/organiser/account", 800),
)
# The first page of each file, drawn by pdftoppm of poppler-utils.
SHEETS = {
    "sheet-programme": "/{slug}/programme.pdf",
    "sheet-confirmation": "{own_page}/confirmation.pdf",
    "sheet-sign-in": "/organiser/{slug}/print/sign-in.pdf?of={workshop}",
    "sheet-badges": "/organiser/{slug}/print/badges.pdf?which=all&workshops=y&lines=y",
    "sheet-door-sign": "/organiser/{slug}/print/door-signs.pdf",
}
DOTS, COLOURS = 50, 16  # per inch of paper, and for all of it: enough to see what it is
PALETTE = 256  # colours of a page, which leave a third of the bytes and nothing to see


def main(beginnings: list[str]) -> int:
    """Take the pictures whose names begin so, or all; return the exit status."""
    browser_path = next(filter(None, map(shutil.which, _browsers())), None)
    if browser_path is None:
        print("No Chromium found: apt-get install chromium, or CHROMIUM=/path", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _program(Path(folder)),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=OPTIONS)
        places = _register(browser)
        cookies = _log_in(browser, places)
        for picture in (*PUBLIC, *ORGANISERS):
            if not beginnings or picture.name.startswith(tuple(beginnings)):
                _take(browser, picture, places, cookies if picture in ORGANISERS else "")
        for name, address in SHEETS.items():
            if not beginnings or name.startswith(tuple(beginnings)):
                _print(browser, name, address.format_map(places), cookies)
        browser.close()
    return 0


def _browsers() -> list[str]:
    names = [
        *(os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"),
        "chromium-headless-shell",
    ]
    return [name for name in names if name]


@contextmanager
def _program(folder: Path) -> Iterator[None]:
    """Run the program with its worker on a filled demo."""
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
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)
        log.close()


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
    page.goto(BASE + address)
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
    page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]
    with Image.open(path) as drawn:
        few = drawn.convert("RGB").quantize(PALETTE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    too_big = "  TOO BIG" if size > MOST_BYTES else ""
    print(f"{path.relative_to(ROOT)}  {picture.width} x {height:.0f}  {size // 1000} KB{too_big}")
    page.context.close()


def _print(browser: Browser, name: str, address: str, session: str) -> None:
    page = _open(browser, "/", session=session)
    path = FOLDER / f"{name}.png"
    one_page = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS), "-"]
    content = page.context.request.get(BASE + address).body()
    drawn = subprocess.run(one_page, input=content, check=True, capture_output=True).stdout  # noqa: S603 - our own file
    Image.open(BytesIO(drawn)).quantize(COLOURS).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} KB")
    page.context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
