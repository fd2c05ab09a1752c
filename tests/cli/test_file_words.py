"""What is said of a congress file and of its import: every word of it in the reader's language."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from flask_babel import force_locale

from congress.cli import file_words
from congress.cli.file_keys import FIELDS, explained
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congress_file.difference import Change, Difference, difference
from congress.domain.congress_file.plan import (
    CongressPlan,
    DayPlan,
    OrganisationPlan,
    RegistrationPlan,
    RoomPlan,
)
from congress.domain.congress_file.problems import FileProblem, ProblemKind
from congress.domain.congresses import Colour, CongressKind, CongressState, OrganisationRole
from congress.domain.fields import FieldUse
from congress.domain.planning.item_plan import ItemPlan
from congress.formats.congress_file import read_congress_file
from congress.formats.congress_file_shape import TABLES

pytestmark = pytest.mark.sqlite_only

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAN = read_congress_file(
    (EXAMPLES / "fachkongress-2015.toml").read_bytes(),
    find_file=lambda name: (EXAMPLES / name).read_bytes(),
).plan
PLANS = (CongressPlan, RegistrationPlan, DayPlan, OrganisationPlan, RoomPlan, ItemPlan)


def test_every_key_of_a_file_and_every_field_of_its_plan_has_a_word():
    """Whoever adds one names it for the reader too."""
    keys = {key for table in TABLES.values() for key in table.__annotations__}
    names = {field.name for plan in PLANS for field in fields(plan)}

    assert set(FIELDS) == keys | names


@pytest.mark.parametrize(
    ("key", "german"),
    [
        ("town", "town (Ort)"),
        ("registration.deadline", "registration.deadline (Anmeldeschluss)"),
        ("days", "days (Tage)"),
        ("items[12].end", "items[12].end (Ende)"),
        ("items[2].title.en", "items[2].title.en (Titel)"),
        ("items[2].title.pt-BR", "items[2].title.pt-BR (Titel)"),
        ("items[2].people[1].affiliation", "items[2].people[1].affiliation (Organisation)"),
        ("rooms[1]", "rooms[1] (Räume)"),
        ("items[1].titel", "items[1].titel"),
        ("", ""),
    ],
)
def test_a_fault_names_the_key_as_it_stands_and_in_words(app, key, german):
    with app.app_context(), force_locale("de"):
        assert explained(key) == german


def test_a_key_that_is_not_known_has_no_words(app):
    problem = FileProblem(ProblemKind.UNKNOWN_KEY, "days[1].seats", 7, {"suggestion": "start"})
    with app.app_context(), force_locale("de"):
        said = file_words.problems("x.toml", [problem])

    assert said == (
        "x.toml:7: days[1].seats: Diesen Schlüssel gibt es hier nicht. Meinten Sie „start“?"
    )


def changed() -> CongressPlan:
    """The example with something else in nearly every place."""
    first, second, *others = PLAN.items
    host, funder = PLAN.organisations
    room, *rooms = PLAN.rooms
    texts = {"de": "Anders"}
    about: dict[str, Any] = {
        **dict.fromkeys(("title", "lead", "description", "cost", "venue"), texts),
        **dict.fromkeys(("directions", "accessibility"), texts),
        **dict.fromkeys(("town", "address", "online_link", "contact_email"), "Anders"),
    }
    return replace(
        PLAN,
        **about,
        kind=CongressKind.TRAINING,
        state=CongressState.PUBLISHED,
        colour=Colour.WINE,
        registration=replace(
            PLAN.registration,
            opens_at=PLAN.registration.closes_at,
            closes_at=PLAN.days[0].slot.starts_at,
            capacity=1,
            waiting_list=False,
            fields=dict.fromkeys(PLAN.registration.fields, FieldUse.OFF),
            one_mail=True,
            reminder=CalendarAlarm.ONE_DAY,
            confirm_hours=24,
        ),
        organisations=(
            replace(host, short_name="A", kind="company", ags="05978", website="", logo=None),
            replace(funder, role=OrganisationRole.PARTNER),
        ),
        rooms=(replace(room, name=texts, seats=7), *rooms[1:]),
        items=(
            replace(first, number=7, slot=second.slot, bookable=True, places=3, waiting_list=False),
            replace(second, code="neu"),
            *others,
        ),
    )


FUNDER = PLAN.organisations[1].name
HOST = PLAN.organisations[0].name
SAID = {
    "de": [
        (
            "Kongress: geändert (Art, Stand, Titel, Einleitung, Beschreibung, Kosten, Ort, "
            "Veranstaltungsort, Anschrift, Anreise, Barrierefreiheit, Kontaktadresse, Farbe, "
            "Link zur Online-Teilnahme, Beginn der Anmeldung, Anmeldeschluss, Plätze, Warteliste, "
            "Felder des Formulars, "
            "Eine Mail statt zwei, Erinnerung in Kalendern, "
            "Stunden zum Bestätigen der Adresse)"
        ),
        f"Organisation {FUNDER} (Partner): neu",
        (
            f"Organisation {HOST} (Veranstalter): geändert (Kurzname, Art, "
            "Amtlicher Schlüssel (AGS), Logo)"
        ),
        f"Organisation {FUNDER} (Fördernde Stelle): entfällt (nicht mehr in der Datei)",
        "Raum saal: geändert (Name, Stühle)",
        "Raum raum-1: entfällt (nicht mehr in der Datei)",
        "Programmpunkt neu: neu",
        "Programmpunkt ankommen: geändert (Zeit, Nummer, Buchbar, Plätze, Warteliste)",
        "Programmpunkt begruessung: wird abgesagt (nicht mehr in der Datei)",
    ],
    "en": [
        (
            "Event details: changed (Type, Status, Title, Introduction, Description, Cost, Town, "
            "Venue, Address, Getting there, Accessibility, Contact email, Colour, "
            "Online link, Registration opens, Registration deadline, Places, Waiting list, "
            "Form fields, One email instead of two, Reminder in calendars, "
            "Hours to confirm the address)"
        ),
        f"Organisation {FUNDER} (Partner): new",
        f"Organisation {HOST} (Host): changed (Short name, Type, Official key (AGS), Logo)",
        f"Organisation {FUNDER} (Funder): removed (no longer in the file)",
        "Room saal: changed (Name, Seats)",
        "Room raum-1: removed (no longer in the file)",
        "Programme item neu: new",
        "Programme item ankommen: changed (Time, Number, Bookable, Places, Waiting list)",
        "Programme item begruessung: cancelled (no longer in the file)",
    ],
}


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_that_changes_is_named_in_the_language_of_the_reader(app, language):
    with app.app_context(), force_locale(language):
        said = file_words.differences(difference(PLAN, changed()))

    assert said.splitlines() == [f"  {line}" for line in SAID[language]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            "Tag 21. Oktober 2015: neu",
        ),
        ("en", "Day 21 October 2015: new"),
    ],
)
def test_days_are_written_as_the_reader_writes_them(app, language, said):
    added = Difference(Change.ADDED, "day", "2015-10-21")
    with app.app_context(), force_locale(language):
        assert file_words.differences([added]).strip() == said
