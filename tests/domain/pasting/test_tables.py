"""Programme tables as people paste them: understood or questioned, never misread in silence."""

import random
import re

import pytest

from congress.domain.pasting.doubts import Doubt, Weight
from congress.domain.pasting.programme import Pasting, read_pasting
from congress.domain.pasting.records import MOST_LINES, MOST_ROWS
from tests.domain.pasting.tables import FOLDER, ONE_DAY, read, said

NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
TITLES = (
    "Begrüßung", "Ankommen und Kaffee", "Mittagspause", "Was Ehrenamt kann", "Wege, Ziele, Mittel",
    "Impulsvortrag: Zukunft der Nachbarschaft", "Workshop Netzwerke", "Raum für Engagement",
    "Ergebnisse und Ausblick", "Die Kommune – Motor?", "Junges Engagement fördern", "9 Thesen",
)  # fmt: skip
KINDS = {"Plenum": "plenary", "Vortrag": "talk", "Workshop": "workshop", "Pause": "break", "": ""}
ROOMS = ("Großer Saal", "Raum 1", "Raum 2", "Foyer", "Blaue Stube", "")
PEOPLE = ("Anna Beispiel", "Dr. Bernd Muster", "Carla Probe, Dora Test", "N. N.", "")
HEADINGS = {
    "Zeit": 0, "Titel": 1, "Art": 2, "Raum": 3, "Plätze": 4, "Personen": 5,
}  # fmt: skip
REQUIRED = ("Zeit", "Titel")
CLOCKS = ("{}:{:02}", "{}.{:02}", "{}.{:02} Uhr", "{:02}:{:02}")
DASHES = ("-", "–", " – ", " bis ")


def test_there_are_more_than_thirty_of_them():
    assert len(NAMES) > 30


@pytest.mark.parametrize("name", NAMES)
def test_a_pasted_table_is_understood_or_questioned(name):
    pasting, expected = read(name)

    assert said(pasting) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_it_is_somewhere(name):
    """Nothing is dropped: words are values, in questions, or about times, days and columns."""
    pasting, _expected = read(name)
    pasted = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n=====\n")[0]
    kept = _words(" ".join(_everything(pasting)))

    assert _words(pasted) - kept - USED_UP == set()


def test_tables_made_at_random_are_never_misread_in_silence():
    chance = random.Random(8)
    for _ in range(400):
        columns = [name for name in HEADINGS if name in REQUIRED or chance.random() < 0.8]
        rows = [_row(chance, columns) for _ in range(chance.randint(1, 9))]
        text = _pasted(rows, columns, chance)
        pasting = read_pasting(text, ONE_DAY)
        if (pasting.weight or Weight.TOLD) is Weight.TOLD:
            assert _understood(pasting) == [_meant(row) for row in rows], text


def test_so_many_tables_need_no_question_at_all():
    """Or else asking about everything would do."""
    chance = random.Random(8)
    tables = [[_row(chance, HEADINGS, plain=True) for _ in range(6)] for _ in range(100)]
    found = [read_pasting(_pasted(rows, HEADINGS, chance, "\t"), ONE_DAY) for rows in tables]

    assert sum((each.weight or Weight.TOLD) is Weight.TOLD for each in found) > 95


@pytest.mark.parametrize(
    "text",
    [
        "10:00\tVortrag\n" * (MOST_ROWS + 1),
        "10:00\nVortrag\n" * (MOST_ROWS + 1),
        "Vortrag\n" * (MOST_LINES + 1),
    ],
)
def test_too_many_rows_are_refused_in_one_sentence(text):
    pasting = read_pasting(text, ONE_DAY)

    assert (pasting.rows, [each.doubt for each in pasting.remarks]) == ((), [Doubt.TOO_MANY_ROWS])


@pytest.mark.parametrize("cell", ["5" * 5000, "Raum " + "5" * 5000, "²", "١٢:٣٠", "a\x00b"])
def test_whatever_stands_in_a_cell_is_answered(cell):
    headings = "Zeit\tTag\tTitel\tArt\tRaum\tPlätze\tPersonen\tDauer\tNr.\n"

    assert read_pasting(headings + "\t".join([cell] * 9), ONE_DAY).weight is Weight.OPEN


@pytest.mark.parametrize("text", ["", "\n \n", "---\t---", "\t\t\n\t"])
def test_an_empty_table_says_nothing(text):
    assert read_pasting(text, ONE_DAY) == Pasting()


def test_the_questions_are_others_when_something_else_is_asked():
    one, same, other = (
        read_pasting(f"{time}\tMarkt der Dinge\n", ONE_DAY)
        for time in ("10-11", "10-11", "10.30-11")
    )

    assert one.questions == same.questions != other.questions
    assert read_pasting("10-11\tBegrüßung\n", ONE_DAY).questions == ""


# Headings, and words around times, days and places, which the values say.
WORDS_USED_UP = """
inhalt verantwortlich speaker
zeit titel art raum platze personen uhrzeit programmpunkt tn dialogpartner innen moderation beginn
ende thema format ort wann was wo time session room title type places speakers dauer tag nr leitung
max referent in uhr bis von ab ca am pm a m to until from noon min std h n plenum pause workshop
workshops vortrag podium ws pd ganztagig all day den ganzen best practice werkstatt grusswort
kongresstag plenary talk mit mittwoch donnerstag freitag oktober mi unbegrenzt mindestzahl mind
"""
USED_UP = set(WORDS_USED_UP.split())


def _words(text):
    folded = text.casefold().translate(str.maketrans("äöü", "aou")).replace("ß", "ss")
    return set(re.findall(r"[^\W\d_]+", folded))


def _everything(pasting):
    for remark in pasting.remarks:
        yield from remark.facts.values()
    if any(each.doubt is Doubt.SEPARATED_BY_COMMAS for each in pasting.remarks):
        yield from (timed.row.text for timed in pasting.rows)
    for row in (timed.row for timed in pasting.rows):
        yield from (row.title, row.room, row.description)
        yield from (f"{each.name or ''} {each.affiliation}" for each in row.people)
        for remark in row.remarks:
            yield from remark.facts.values()
            if remark.weight is Weight.OPEN:
                yield row.text


def _row(chance, columns, *, plain=False):
    starts = chance.randint(20, 28) * 30
    kind = chance.choice([each for each in KINDS if each or not plain])
    row = (
        (starts, starts + chance.choice((30, 60, 90))),
        chance.choice(TITLES),
        kind,
        chance.choice(ROOMS),
        str(chance.randint(10, 60)) if kind == "Workshop" and chance.random() < 0.7 else "",
        chance.choice(PEOPLE[:2] if plain else PEOPLE),
    )
    return tuple(cell if name in columns else "" for name, cell in zip(HEADINGS, row, strict=True))


def _pasted(rows, columns, chance, separator=None):
    """Write rows as a table: columns in some order, cells in some shape."""
    separator = separator or chance.choice(("\t", ";", " | "))
    names = list(columns)
    has_headings = chance.random() < 0.7
    if has_headings:
        chance.shuffle(names)
    clock, dash = chance.choice(CLOCKS), chance.choice(DASHES)
    lines = [separator.join(names)] if has_headings else []
    for row in rows:
        times = dash.join(clock.format(each // 60, each % 60) for each in row[0])
        cells = [times, *row[1:]]
        lines.append(separator.join(cells[HEADINGS[name]] for name in names))
    return "\n".join(lines)


def _meant(row):
    times, title, kind, room, places, people = row
    names = [] if not people else [None] if people == "N. N." else people.split(", ")
    return times, title, KINDS[kind], room, int(places) if places else None, names


def _understood(pasting):
    return [
        (
            (timed.starts, timed.ends),
            timed.row.title,
            "" if _is_told(timed.row) else str(timed.row.kind),
            timed.row.room,
            timed.row.places,
            [each.name for each in timed.row.people],
        )
        for timed in pasting.rows
    ]


def _is_told(row):
    """Whether the kind was found elsewhere: then no cell named it."""
    found = {Doubt.KIND_FROM_TITLE, Doubt.KIND_FROM_PLACES}
    return any(each.doubt in found for each in row.remarks)


@pytest.mark.parametrize("heading", ["", "Art", "Plätze", "Nr.", "Dauer", "Tag", "Raum", "Beginn"])
def test_a_number_of_any_length_is_questioned_or_text(heading):
    """Python refuses to read thousands of figures."""
    figures = "5" * 5000
    table = f"Zeit\tTitel\t{heading}\n10:00-11:00\tBegrüßung\tWorkshop {figures}\n{figures}\tX\t"

    assert read_pasting(table if heading else table.partition("\n")[2], ONE_DAY).weight
