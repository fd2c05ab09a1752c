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
    Picture("workshop", "/{slug}/programme/{workshop}", 900),
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
# Of the network; what is its own is seen by a contact person behind link and code.
NETWORK = (
    Picture("network", "/network", 1300),
    Picture("network-blocks", "/network", 1400, scrolled_to="#blocks"),
    Picture("network-phone", "/network", 1000, width=PHONE),
    Picture("network-projects", "/network/projects", 1100),
    Picture("network-project", "{public_project}", 900),
    Picture("network-texts", "/network/texts", 900),
    Picture("network-text", "{text}", 1000),
    Picture("network-questions", "/network/questions", 1100),
    Picture("network-apply", "/network/apply", 1100),
    Picture("network-trainings", "/network/trainings", 800, scrolled_to="main h2 >> nth=0"),
    Picture("course", "/{course}", 1000),
    Picture("course-apply", "{to_apply_for}/apply", 1100),
    Picture("market", "/{market}/market", 1300),
    Picture("social-day", "/{social_day}", 1300),
    Picture("social-day-placement", "/{social_day}/programme/hochbeete", 800),
    Picture("social-day-register", "/{social_day}/register", 1300),
    Picture("steering-group", "/network/projects/{steering_group}", 1200),
    Picture("network-mails", "/network/mails", 800),
)
NETWORK_OFFICE = (
    Picture("office", "/organiser/network", 900),
    Picture("office-organisations", "/organiser/network/organisations", 900),
    Picture("office-members", "/organiser/network/members", 900),
    Picture("office-membership", "{organisation}/membership", 1300),
    Picture("office-contacts", "/organiser/network/contacts", 800),
    Picture("office-meetings", "/organiser/network/meetings", 900),
    Picture("office-topics", "{topics}", 1100),
    Picture("office-questions", "/organiser/network/questions", 900),
    Picture("office-project", "{project}", 1000),
    Picture("office-texts", "/organiser/network/texts", 600),
    Picture("office-contact-log", "/organiser/network/contact-log", 900),
    Picture("office-mails", "/organiser/network/mails", 800),
    Picture("office-report", "/organiser/network/report?from=2015&until=2016", 1500),
    Picture("office-course-applications", "/organiser/{course}/applications", 1000),
    Picture("office-modules", "/organiser/{course}/attendance/modules", 900),
    Picture("office-partners", "/organiser/{topic_workshop}/invitations", 800),
    Picture("office-market", "/organiser/{market}/market", 1000),
    Picture("office-hosts", "/organiser/{social_day}/programme/hosts", 700),
)
NETWORK_OWN = (
    Picture("municipality", "{municipality}", 1000),
    Picture("municipality-phone", "{municipality}", 1000, width=PHONE),
    Picture("municipality-topics", "{municipality}/topics/{meeting}", 1000),
    Picture("municipality-registrations", "{municipality}/registrations", 700),
    Picture("municipality-partners", "{municipality}/partners{asks_for_partners}", 800),
    Picture("municipality-projects", "{municipality}/projects", 800),
)
# Of the event whose places are given by wishes: while people rank, once it is worked out, and once
# the places are given.
WISHING = (
    Picture("wishes-register", "/{wishes}/register", 1500, scrolled_to="[data-ranking] >> nth=0"),
    Picture(
        "wishes-register-phone",
        "/{wishes}/register",
        1300,
        width=PHONE,
        scrolled_to="[data-ranking] >> nth=0",
    ),
    Picture("wishes-own", "{wisher}", 900, scrolled_to="#rangfolge"),
)
WISHES_OFFICE = (
    Picture("organiser-wishes", "/organiser/{wishes}/wishes", 1300),
    Picture("organiser-assignment", "/organiser/{wishes}/assignment", 1700, scrolled_to="#newest"),
)
GIVEN = (
    Picture("wishes-given", "{wisher}", 900, scrolled_to="#zuteilung"),
    Picture("wishes-given-phone", "{wisher}", 1000, width=PHONE, scrolled_to="#zuteilung"),
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
    "sheet-funder-report": "/organiser/network/report.pdf?from=2015&until=2016",
}
