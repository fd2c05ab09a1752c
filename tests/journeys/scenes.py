"""The table of all pages in all their states, and how to get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from congress.domain.attendee_list import CHOOSABLE

Act = Callable[[Page], object]


@dataclass(frozen=True)
class Scene:
    """A page: its address, with names of the stage in braces, and what is done there first."""

    name: str
    address: str
    act: Act | None = None
    language: str = "de"
    is_organiser: bool = False

    @property
    def full_name(self) -> str:
        return f"{'organiser ' if self.is_organiser else ''}{self.name}, {self.language}"


def send(page: Page) -> None:
    """Send the main form of a page as it is."""
    page.locator("main form:not([role=search]) button[type=submit]").last.click()


def send_nothing(page: Page) -> None:
    """Send a form without what it needs, so that it comes back with what is missing."""
    for field in page.locator("main form input[required]:not([type=checkbox])").all():
        field.fill("")
    page.locator("main form button.kern-btn--big").click()
    expect(page.locator("#fehlerliste")).to_be_focused()


def invite_nobody(page: Page) -> None:
    page.get_by_role("button", name="Einladung senden", exact=True).click()
    expect(page.locator("#fehlerliste")).to_be_focused()


def wish_for_what_is_full(page: Page) -> None:
    page.locator("input.waits").first.check()
    expect(page.locator(".after-wait")).to_be_visible()
    page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")


def have_link_sent(page: Page) -> None:
    page.get_by_label("E-Mail").fill("confirmed@example.org")
    send(page)


def mistake_password(page: Page) -> None:
    page.get_by_label("E-Mail").fill("nobody@example.org")
    page.get_by_label("Passwort").fill("not the password")
    send(page)


def give_consent(page: Page) -> None:
    page.get_by_role("button", name="Einwilligen").click()


def spoil_item(page: Page) -> None:
    page.get_by_label("Titel").first.fill("")
    page.get_by_label("Plätze", exact=False).first.fill("viele")
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_title(re.compile("^Fehler: "))


def correct_in_place(page: Page) -> None:
    """Open the choice of columns, and a cell."""
    page.locator("details.menu summary").click()
    page.locator("tbody td a.correct").first.press("Enter")
    expect(page.locator(".in-place input:focus")).to_be_visible()


def save_twice(page: Page) -> None:
    """Save under a name that another view has: both are shown."""
    address = page.url
    for query in ("?q=a", "?q=b"):
        page.goto(address.replace("?q=a", query))
        page.locator("#name").fill("Bus")
        page.get_by_role("button", name="Ansicht speichern").click()
    expect(page.locator("#stored")).to_be_visible()


def open_first_mail(page: Page) -> None:
    page.locator("main .actions a, main tbody a").first.click()


def open_first_html(page: Page) -> None:
    open_first_mail(page)
    page.locator("a[href*='/html']").click()


def paste_rows(page: Page) -> None:
    """Send rows of which one is not understood and one is guessed."""
    page.get_by_label("Zeilen aus Excel").fill("nachmittags\tImpuls\tVortrag\n14-15\tMarkt\tSaal")
    page.get_by_role("button", name="Anlegen").last.click()


def paste_people(page: Page) -> None:
    """Send people of whom one is new, one is a question and one has no address that works."""
    rows = ("Vorname\tNachname\tE-Mail\tWorkshop", "Nora\tNeu\tnora@example.org\t1")
    faults = ("Karl\tKrumm\tkarl@\t", "Wo\tWerner\two@example.org\tBasteln")
    page.locator("#rows").fill("\n".join((*rows, *faults)))
    page.locator("main form button.kern-btn--big").click()
    expect(page.locator("#counts")).to_be_visible()


def move_elsewhere(page: Page) -> None:
    """Change what people have to be told of, so that it is asked about."""
    page.get_by_label("Veranstaltungsort (deutsch)").fill("Stadthalle am Fluss")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#letter")).to_be_visible()


def spoil_rooms(page: Page) -> None:
    page.get_by_role("button", name="Raum hinzufügen").click()
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_title(re.compile("^Fehler: "))


def move_day(page: Page) -> None:
    page.get_by_label("Tag", exact=True).first.fill("1.12.2099")
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_title(re.compile("informieren"))


def save_room(page: Page) -> None:
    """Change an item so that there is something to release."""
    page.get_by_label("Titel").first.fill("Junges Engagement vor Ort fördern")
    page.get_by_role("button", name="Speichern").click()


def write_something(page: Page) -> None:
    """Ask for the page that shows a letter before it is sent, in both languages."""
    page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")
    for name in ("subject", "text", "subject_en", "text_en"):
        page.locator(f"#{name}").fill("Anreise zum Bürgerhaus")
    page.locator("#with_link").check()
    page.locator("main form button.kern-btn--big").click()
    expect(page.locator("main form button[value=send]")).to_be_visible()


def write_info_mail(page: Page) -> None:
    """Save an info mail, which is then shown before it is sent."""
    page.locator("#subject").fill("Anreise zum Bürgerhaus")
    page.locator("#text").fill("Bitte kommen Sie **mit der Bahn**.")
    page.locator("main form button.kern-btn--big").click()
    expect(page.locator("#files")).to_be_visible()


PUBLIC = (
    Scene("start", "/"),
    Scene("congress open", "/{open}"),
    Scene("congress past", "/{past}"),
    Scene("congress not yet open", "/not-yet"),
    Scene("congress closed", "/closed"),
    Scene("congress full", "/full"),
    Scene("congress with a queue", "/queue"),
    Scene("congress called off", "/called-off"),
    Scene("item", "/{open}/programme/workshop-1"),
    Scene("item that is full", "/{open}/programme/{full}"),
    Scene("accessibility", "/accessibility"),
    Scene("data protection", "/privacy"),
    Scene("imprint", "/imprint"),
    Scene("language", "/language"),
    Scene("unknown page", "/unknown"),
    Scene("register", "/{open}/register"),
    Scene("register with errors", "/{open}/register", send_nothing),
    Scene("register for a waiting list", "/{open}/register", wish_for_what_is_full),
    Scene("register, all places taken", "/queue/register"),
    Scene("register, full", "/full/register"),
    Scene("register, closed", "/closed/register"),
    Scene("register, not yet open", "/not-yet/register"),
    Scene("register, called off", "/called-off/register"),
    Scene("register, over", "/{past}/register"),
    Scene("registered before", "/{open}/registered"),
    Scene("resend link", "/{open}/resend-link"),
    Scene("resend link with errors", "/{open}/resend-link", send),
    Scene("link sent", "/{open}/resend-link", have_link_sent),
    Scene("own page, confirmed", "/registration/{confirmed}"),
    Scene("own page, waiting", "/registration/{waiting}"),
    Scene("own page, changed", "/registration/{changed}"),
    Scene("own page, withdrawn", "/registration/{withdrawn}"),
    Scene("own page, consent just given", "/registration/{changed}", give_consent),
    Scene("give a place back", "/registration/{confirmed}/bookings/{booking}/leave"),
    Scene("correct details, with errors", "/registration/{changed}/details", send_nothing),
    Scene("confirm an address", "/confirm/{new_address}"),
    Scene("confirm a registration", "/confirm-registration/{unconfirmed}"),
    Scene("withdraw", "/registration/{confirmed}/withdraw"),
    Scene("newsletter", "/{open}/newsletter"),
    Scene("newsletter with errors", "/{open}/newsletter", send),
    Scene("newsletter, asked for", "/{open}/newsletter/sent"),
    Scene("confirm the newsletter", "/newsletter/{asked}"),
    Scene("own newsletter", "/newsletter/{reader}"),
    Scene("leave the newsletter", "/newsletter/{reader}/leave"),
    Scene("told of the opening", "/not-yet/opening"),
    Scene("told of the opening with errors", "/not-yet/opening", send),
    Scene("told of the opening, asked for", "/not-yet/opening/sent"),
    Scene("confirm the notice of the opening", "/opening/{unsure}"),
    Scene("own notice of the opening", "/opening/{expecting}"),
    Scene("remove one's address from it", "/opening/{expecting}/leave"),
    Scene("login", "/login"),
    Scene("login with errors", "/login", send),
    Scene("login with a mistake", "/login", mistake_password),
    Scene("reset", "/reset"),
    Scene("reset with errors", "/reset", send),
    Scene("reset sent", "/reset/sent"),
    Scene("choose a password", "/invitation/{invitation}"),
    Scene("choose a password, refused", "/invitation/{invitation}", send),
    Scene("link that is over", "/reset/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    Scene("call with errors", "/{open}/call", send_nothing),
    Scene("own proposal", "/proposal/{author}"),
    Scene("invitation", "/invited/{guest}"),
    Scene("invitation, its form", "/invited/{guest}/register"),
    Scene("own contribution", "/contribution/{contribution}"),
    Scene("own contribution, texts", "/contribution/{contribution}/profile"),
    Scene("mailbox of the demo", "/demo/mailbox"),
    Scene("mail in the mailbox", "/demo/mailbox", open_first_mail),
)

ENGLISH = (
    Scene("start", "/?lang=en", language="en"),
    Scene("congress open", "/{open}?lang=en", language="en"),
    Scene("item", "/{open}/programme/workshop-1?lang=en", language="en"),
    Scene("register with errors", "/{open}/register?lang=en", send_nothing, language="en"),
    Scene("own page, waiting", "/registration/{waiting}?lang=en", language="en"),
    Scene("data protection", "/privacy?lang=en", language="en"),
    Scene("unknown page", "/unknown?lang=en", language="en"),
)

WORK = "/organiser/{open}"
ORGANISER = (
    Scene("start", "/organiser/", is_organiser=True),
    Scene("own account", "/organiser/account", is_organiser=True),
    Scene("two steps", "/organiser/account/two-steps", is_organiser=True),
    Scene("two steps, an app", "/organiser/account/two-steps/app", is_organiser=True),
    Scene("new congress", "/organiser/new", paste_rows, is_organiser=True),
    Scene("preview of a draft", "/organiser/draft/preview", is_organiser=True),
    Scene("next edition", "/organiser/{past}/next-edition", is_organiser=True),
    Scene("overview", WORK, is_organiser=True),
    Scene("figures", f"{WORK}/figures", is_organiser=True),
    Scene("check-in", f"{WORK}/check-in?q=a", is_organiser=True),
    Scene("device at the door", f"{WORK}/check-in/device", is_organiser=True),
    Scene("walk-in", f"{WORK}/check-in/walk-in", send_nothing, is_organiser=True),
    Scene("signed sheets", f"{WORK}/attendance/evidence", is_organiser=True),
    Scene("signed", "/organiser/{past}/attendance/workshops/workshop-1", send, is_organiser=True),
    Scene("several people", f"{WORK}/attendees/several?state=confirmed", is_organiser=True),
    Scene("several, asked", f"{WORK}/attendees/several?act=cancel", is_organiser=True),
    Scene("settings", f"{WORK}/settings", is_organiser=True),
    Scene("settings with errors", f"{WORK}/settings", send_nothing, is_organiser=True),
    Scene("settings, asked", f"{WORK}/settings", move_elsewhere, is_organiser=True),
    Scene("settings", f"{WORK}/settings?lang=en", language="en", is_organiser=True),
    Scene("people of the programme", f"{WORK}/people", is_organiser=True),
    Scene("person of the programme", f"{WORK}/people/{{person}}", is_organiser=True),
    Scene("speaker sheet", f"{WORK}/people/{{person}}/sheet", is_organiser=True),
    Scene("invitations", f"{WORK}/invitations", is_organiser=True),
    Scene("invite", f"{WORK}/invitations/new", send_nothing, is_organiser=True),
    Scene("invited", f"{WORK}/invitations/{{guest_number}}", is_organiser=True),
    Scene("withdraw", f"{WORK}/invitations/{{guest_number}}/withdraw", is_organiser=True),
    Scene("import invitations", f"{WORK}/invitations/import", is_organiser=True),
    Scene("proposals", f"{WORK}/call/proposals", is_organiser=True),
    Scene("proposal", f"{WORK}/call/proposals/{{proposal}}", is_organiser=True),
    Scene("accept a proposal", f"{WORK}/call/proposals/{{proposal}}/accept", is_organiser=True),
    Scene("decline the rest", f"{WORK}/call/decline", is_organiser=True),
    Scene("assistance", f"{WORK}/assistance", is_organiser=True),
    Scene("duplicates", f"{WORK}/attendees/duplicates", is_organiser=True),
    Scene("merge", f"{WORK}/attendees/{{confirmed_id}}/merge/{{waiting_id}}", is_organiser=True),
    Scene("mails of a congress", f"{WORK}/settings/mails", is_organiser=True),
    Scene("mails in own words", f"{WORK}/settings/mails/templates", is_organiser=True),
    Scene("mail in own words", f"{WORK}/settings/mails/templates/confirmed", is_organiser=True),
    Scene("reminders", f"{WORK}/settings/reminders", is_organiser=True),
    Scene("info mails", f"{WORK}/mailings", is_organiser=True),
    Scene("info mail with errors", f"{WORK}/mailings/new", send_nothing, is_organiser=True),
    Scene("info mail", f"{WORK}/mailings/new", write_info_mail, is_organiser=True),
    Scene("replies", f"{WORK}/replies", is_organiser=True),
    Scene("legal texts", f"{WORK}/settings/legal", is_organiser=True),
    Scene("look", f"{WORK}/settings/look", is_organiser=True),
    Scene("rules", f"{WORK}/settings/rules", is_organiser=True),
    Scene("change of state", f"{WORK}/state?to=cancelled", is_organiser=True),
    Scene("delete a draft", "/organiser/draft/delete", is_organiser=True),
    Scene("attendees", f"{WORK}/attendees", is_organiser=True),
    Scene("organisations", f"{WORK}/attendees/organisations", is_organiser=True),
    Scene(
        "attendees, filtered, with every column",
        f"{WORK}/attendees?q=Muster&state=confirmed&columns={','.join(CHOOSABLE)}",
        correct_in_place,
        is_organiser=True,
    ),
    Scene("saved views", f"{WORK}/attendees/views?q=a", save_twice, is_organiser=True),
    Scene("files of the list", f"{WORK}/attendees/files?q=a", is_organiser=True),
    Scene("attendees, none found", f"{WORK}/attendees?q=Niemand", is_organiser=True),
    Scene("attendee", f"{WORK}/attendees/{{confirmed_id}}", is_organiser=True),
    Scene("attendee who waits", f"{WORK}/attendees/{{waiting_id}}", is_organiser=True),
    Scene("attendee who withdrew", f"{WORK}/attendees/{{withdrawn_id}}", is_organiser=True),
    Scene("register someone", f"{WORK}/attendees/new", send_nothing, is_organiser=True),
    Scene(
        "assign workshops",
        f"{WORK}/attendees/{{confirmed_id}}/workshops",
        wish_for_what_is_full,
        is_organiser=True,
    ),
    Scene("import", f"{WORK}/attendees/import", is_organiser=True),
    Scene("import, shown", f"{WORK}/attendees/import", paste_people, is_organiser=True),
    Scene("write to people", f"{WORK}/attendees/write?q=a", send_nothing, is_organiser=True),
    Scene("write, asked", f"{WORK}/attendees/write", write_something, is_organiser=True),
    Scene(
        "write to one person",
        f"{WORK}/attendees/{{confirmed_id}}/write",
        write_something,
        is_organiser=True,
    ),
    Scene("cancel attendee", f"{WORK}/attendees/{{confirmed_id}}/cancel", is_organiser=True),
    Scene("programme", f"{WORK}/programme", is_organiser=True),
    Scene("edit", f"{WORK}/programme/workshop-1/edit", is_organiser=True),
    Scene("edit with errors", f"{WORK}/programme/workshop-1/edit", spoil_item, is_organiser=True),
    Scene("plan of rooms", f"{WORK}/programme?view=rooms", is_organiser=True),
    Scene("move an item", f"{WORK}/programme/workshop-1/move", is_organiser=True),
    Scene("new item", f"{WORK}/programme/new", spoil_item, is_organiser=True),
    Scene("rooms", f"{WORK}/rooms", is_organiser=True),
    Scene("rooms with errors", f"{WORK}/rooms", spoil_rooms, is_organiser=True),
    Scene("days", f"{WORK}/days", is_organiser=True),
    Scene("days, asked about", f"{WORK}/days", move_day, is_organiser=True),
    Scene("remove an item", f"{WORK}/programme/workshop-1/remove", is_organiser=True),
    Scene("programme changed", f"{WORK}/programme/workshop-4/edit", save_room, is_organiser=True),
    Scene("take a change back", f"{WORK}/programme/workshop-4/undo", is_organiser=True),
    Scene("log of an item", f"{WORK}/programme/workshop-4/history", is_organiser=True),
    Scene("publish", f"{WORK}/programme/release", is_organiser=True),
    Scene("outbox", f"{WORK}/outbox", is_organiser=True),
    Scene("outbox, failed", f"{WORK}/outbox?state=failed", is_organiser=True),
    Scene("mail", f"{WORK}/outbox", open_first_mail, is_organiser=True),
    Scene("log", f"{WORK}/log", is_organiser=True),
    Scene("log, filtered", f"{WORK}/log?about=registrations&q=Muster", is_organiser=True),
    Scene("team with errors", f"{WORK}/team", invite_nobody, is_organiser=True),
    Scene("change a role", f"{WORK}/team/{{colleague}}/roles", is_organiser=True),
    Scene("remove a colleague", f"{WORK}/team/{{colleague}}/remove", is_organiser=True),
    Scene("programme of the past", "/organiser/{past}/programme", is_organiser=True),
    Scene("unknown page", "/organiser/unknown", is_organiser=True),
    Scene("attendees", f"{WORK}/attendees?lang=en", language="en", is_organiser=True),
    Scene("edit", f"{WORK}/programme/workshop-1/edit?lang=en", language="en", is_organiser=True),
)
