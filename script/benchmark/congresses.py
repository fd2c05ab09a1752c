"""The congresses that are measured, as congress files: six workshops, some open for registration.

They lie half a year ahead, so that registration is open whenever this runs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WORKSHOPS = 6
TOPICS = (
    "Chancen, Gewinne und Grenzen lokaler Engagementlandschaften",
    "Die Kommune als Motor der Engagementförderung",
    "Regionale Vernetzung und interkommunale Zusammenarbeit",
    "Junges Engagement fördern",
    "Netzwerke erfolgreich gestalten",
    "Bürgerschaftliches Engagement im Sozialraum",
)
RULES = """
organisation = "required"
late = true
offer_hours = 24
offers_end_hours = 48
quota = 999
group_most = 10
priority = "Mitglieder\\nÜbrige"
mode = "hybrid"
online_places = 50000
link_hours = 24
held_for_guests = 10
held_for_press = 5
"""
OF_WORKSHOPS = """
minimum = 5
"""
QUESTIONS = """
[[questions]]
code = "lunch"
kind = "one"
label = { de = "Mittagessen" }
required = true
[[questions.options]]
code = "veggie"
label = { de = "vegetarisch" }
at_most = 99000
[[questions.options]]
code = "meat"
label = { de = "mit Fleisch" }
at_most = 99000
[[questions]]
code = "why"
kind = "line"
label = { de = "Warum?" }
if_workshop = "workshop-1"
"""
FIRST_MINUTE, MINUTES_IN_DAY = 8 * 60, 12 * 60


@dataclass(frozen=True)
class Measured:
    """One congress: `items` entries besides the workshops, places for so many people."""

    slug: str
    places: int
    items: int = 8
    sentences: int = 1  # of each description
    days: int = 1
    rooms: int = 1
    is_strict: bool = False  # with every rule of registration that leaves a registration one


OPEN = Measured("bench-open", places=100_000)  # people register here
STRICT = Measured("bench-strict", places=100_000, is_strict=True)  # the same with all rules
CROWD = Measured("bench-crowd", places=300)  # 500 want these places
FULL_OF_PEOPLE = Measured("bench-export", places=100_000)  # filled by `flask demo fill`
FULL_OF_ITEMS = Measured("bench-feed", places=300, items=200 - WORKSHOPS)
LARGE = Measured("bench-large", places=300, items=1_000 - WORKSHOPS, sentences=20)
NEWS = Measured("bench-news", places=100_000)  # everybody in it is told of a change
PRINTED = Measured("bench-print", places=100_000)  # whose badges and certificates are printed
WORKSPACE = Measured("bench-workspace", places=100_000, items=400 - WORKSHOPS, days=4, rooms=12)
ALL = (OPEN, STRICT, CROWD, FULL_OF_PEOPLE, FULL_OF_ITEMS, LARGE)
ATTENDEES = 5_000


def write(measured: Measured, folder: Path) -> Path:
    """Write the file of a congress and return where it is."""
    day = date.today() + timedelta(days=180)  # noqa: DTZ011 - any day far enough ahead will do
    path = folder / f"{measured.slug}.toml"
    items = [_item(number, measured, day) for number in range(measured.items)]
    workshops = [_workshop(number, measured, day) for number in range(1, WORKSHOPS + 1)]
    path.write_text("\n".join([_head(measured, day), *items, *workshops]), encoding="utf-8")
    return path


def pasted(rows: int) -> str:
    """Return a programme as somebody copies it from a spreadsheet."""
    lines = ["Zeit\tTitel\tArt\tRaum\tPlätze\tPersonen"]
    for number in range(rows):
        begin = FIRST_MINUTE + 60 * (number // 10)
        title = f"{TOPICS[number % len(TOPICS)]} ({number})"
        people = "Anna Beispiel (Stadt Lünen), Moderation: Bernd Muster"
        times = f"{_time(begin)}–{_time(begin + 50)} Uhr"
        lines.append(f"{times}\t{title}\tWorkshop\tRaum {number % 10}\t30\t{people}")
    return "\n".join(lines)


def _head(measured: Measured, day: date) -> str:
    return f"""
slug = "{measured.slug}"
kind = "fachkongress"
state = "published"
timezone = "Europe/Berlin"
town = "Lünen"
contact_email = "fachkongress@example.org"
[title]
de = "Bürgerschaftliches Engagement fördern"
en = "Furthering civic engagement"
[lead]
de = "Lokale Engagementlandschaften: ein Tag mit Impulsvortrag, Praxis und sechs Workshops."
[cost]
de = "Die Teilnahme ist kostenfrei"
[registration]
opens = 2026-01-01
deadline = {day - timedelta(days=14)}
capacity = {measured.places}
waiting_list = true
function = "optional"
{RULES if measured.is_strict else 'organisation = "optional"'}
[[organisations]]
code = "forum"
role = "host"
name = "Forum für soziale Innovation gGmbH"
kind = "association"
{"".join(_day(day + timedelta(days=number)) for number in range(measured.days))}
{"".join(_room(number) for number in range(measured.rooms))}
{QUESTIONS if measured.is_strict else ""}
"""


def _day(day: date) -> str:
    return f"""
[[days]]
day = {day}
start = "8:00"
end = "21:00"
"""


def _room(number: int) -> str:
    return f"""
[[rooms]]
code = "saal-{number}"
[rooms.name]
de = "Großer Saal {number}"
"""


def _item(number: int, measured: Measured, day: date) -> str:
    step = max(1, MINUTES_IN_DAY // measured.items)
    begin = FIRST_MINUTE + number * step % MINUTES_IN_DAY
    sentence = "Was sich vor Ort bewährt hat, und was andere davon übernehmen können."
    abstract = " ".join([sentence] * measured.sentences)
    return f"""
[[items]]
code = "beitrag-{number}"
kind = "talk"
day = {day + timedelta(days=number % measured.days)}
start = "{_time(begin)}"
end = "{_time(begin + step)}"
room = "saal-{number % measured.rooms}"
[items.title]
de = "Beitrag {number}: {TOPICS[number % len(TOPICS)]}"
[items.abstract]
de = "{abstract}"
"""


def _workshop(number: int, measured: Measured, day: date) -> str:
    return f"""
[[items]]
code = "workshop-{number}"
kind = "workshop"
number = {number}
day = {day}
start = "13:15"
end = "15:15"
places = {measured.places}
{OF_WORKSHOPS if measured.is_strict else ""}
[items.title]
de = "{TOPICS[number - 1]}"
[[items.people]]
role = "dialogue_partner"
"""


def _time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
