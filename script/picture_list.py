"""Which pictures `script/screenshots` takes: pages, and sheets of paper."""

from dataclasses import dataclass

DESKTOP, PHONE = 1280, 360


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
    Picture("organiser-files", "/organiser/{slug}/attendees/files?state=confirmed", 1000),
    Picture("organiser-badges", "/organiser/{slug}/print/badges", 900),
    Picture("organiser-paper", "/organiser/{slug}/settings/print", 800),
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
# Of the event of today, and of the one of last week.
LATER = (
    Picture("organiser-check-in", "/organiser/{today}/check-in", 1000, width=PHONE),
    Picture("organiser-doors", "/organiser/{today}/check-in", 800),
    Picture("organiser-device", "/organiser/{today}/check-in/device", 900, width=PHONE),
    Picture("organiser-walk-in", "/organiser/{today}/check-in/walk-in", 800, width=PHONE),
    Picture("organiser-attendance", "/organiser/{past}/attendance", 800),
    Picture("organiser-sign-in", "/organiser/{past}/attendance/workshops/{past_workshop}", 900),
    Picture("organiser-evidence", "/organiser/{past}/attendance/evidence", 800),
    Picture("organiser-certificates", "/organiser/{past}/print/certificates", 700),
    Picture("organiser-survey", "/organiser/{past}/survey", 1200),
    Picture("organiser-survey-results", "/organiser/{past}/survey/results", 1100),
    Picture("organiser-results", "/organiser/{past}/results", 1100),
)
AFTERWARDS = (
    Picture("results", "/{past}/results", 1200),
    Picture("feedback", "{feedback}", 1100),
    Picture("feedback-phone", "{feedback}", 1000, width=PHONE),
    Picture("archive", "/archive", 900),
)
# The first page of each file, drawn by pdftoppm of poppler-utils.
SHEETS = {
    "sheet-programme": "/{slug}/programme.pdf",
    "sheet-confirmation": "{own_page}/confirmation.pdf",
    "sheet-sign-in": "/organiser/{slug}/print/sign-in.pdf?of={workshop}",
    "sheet-badges": "/organiser/{slug}/print/badges.pdf?which=all&workshops=y&lines=y",
    "sheet-door-sign": "/organiser/{slug}/print/door-signs.pdf",
    "sheet-table-sign": "/organiser/{today}/print/table-signs.pdf",
    "sheet-host-list": "/organiser/{slug}/print/places/{workshop}.pdf",
    "sheet-attendees": "/organiser/{slug}/attendees.pdf?columns=name,organisation",
    "sheet-certificate": "/organiser/{past}/attendees/{past_attendee}/certificate.pdf",
    "sheet-dossier": "/{past}/results.pdf",
}
