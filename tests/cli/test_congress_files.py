"""`flask congress import`, `export` and `copy`, as an operator types them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, update

from congress.cli import file_words
from congress.domain.congress_file.problems import (
    FileProblem,
    ProblemKind,
    SyntaxFault,
    WarningKind,
)
from congress.extensions import db
from congress.models import Congress, OutboxMessage, Person
from congress.queries.planning.congress_files import find_plan
from tests import builders

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "fachkongress-2015.toml"
SLUG = "fachkongress-2015"
AFTERWARDS = datetime(2095, 10, 22, tzinfo=UTC)


@pytest.fixture
def flask(app):
    return app.test_cli_runner()


def test_what_is_exported_imports_again_to_the_same_bytes(flask, tmp_path):
    """Done when 2."""
    assert flask.invoke(args=["congress", "import", str(EXAMPLE)]).exit_code == 0
    exported = flask.invoke(args=["congress", "export", SLUG])
    assert (exported.exit_code, exported.stderr) == (0, "")
    file = tmp_path / "copy.toml"
    file.write_bytes(exported.stdout_bytes)
    for target in (SLUG, "another"):
        imported = flask.invoke(args=["congress", "import", str(file), "--as", target])
        assert (imported.exit_code, imported.stdout) == (0, "")
        again = flask.invoke(args=["congress", "export", target]).stdout_bytes
        assert again.replace(b'"another"', b'"fachkongress-2015"') == exported.stdout_bytes


def test_an_existing_congress_is_changed_only_when_asked(flask, app, tmp_path):
    flask.invoke(args=["congress", "import", str(EXAMPLE)])
    file = tmp_path / "changed.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace('town = "Lünen"', 'town = "Köln"')
    file.write_text(text, encoding="utf-8")
    (tmp_path / "logo-platzhalter.png").write_bytes(
        (EXAMPLE.parent / "logo-platzhalter.png").read_bytes()
    )
    for no in ("n\n", "Nein\n", "\n", "", "vielleicht\nn\n"):
        declined = flask.invoke(args=["congress", "import", str(file)], input=no)
        assert declined.exit_code == 1
        assert f"{SLUG}" in declined.stderr
        assert "(Ort)" in declined.stderr
        assert "Fortfahren? [ja/nein]:" in declined.stderr
        assert ("Bitte antworten Sie mit ja oder nein." in declined.stderr) is ("v" in no)
        assert declined.stderr.splitlines()[-1] == "Es wurde nichts geändert."
    with app.app_context():
        assert find_plan(SLUG).town == "Lünen"
    agreed = flask.invoke(args=["congress", "import", str(file)], input="J\n")
    assert agreed.exit_code == 0
    assert "Error" not in agreed.stderr
    with app.app_context():
        assert find_plan(SLUG).town == "Köln"


@pytest.fixture
def later(flask, tmp_path):
    """Return what writes the example, in another year, with some texts replaced; it is imported."""

    def write(name: str, *replaced: tuple[str, str]) -> Path:
        text = EXAMPLE.read_text(encoding="utf-8").replace("2015-", "2095-")
        for before, after in replaced:
            text = text.replace(before, after)
        file: Path = tmp_path / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        return file

    for logo in EXAMPLE.parent.glob("*.png"):
        (tmp_path / logo.name).write_bytes(logo.read_bytes())
    with time_machine.travel(AFTERWARDS, tick=False):
        assert flask.invoke(args=["congress", "import", str(write("before"))]).exit_code == 0
    return write


def test_it_says_which_day_moved_who_came_and_how_many_are_registered(flask, app, later):
    """A moved day is neither gone nor new."""
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        name = db.session.scalars(select(Person.name).order_by(Person.id)).first()
        people = [
            builders.a_registration(congress, state=each) for each in ("confirmed", "waiting")
        ]
        builders.a_registration(congress, state="cancelled")
        builders.a_registration(congress, email="")
    after = later(
        "after",
        ("2095-10-21", "2095-10-22"),
        (f'"{name}"', '"Anna Neu"'),
        ('state = "finished"', 'state = "published"'),
    )

    said = flask.invoke(args=["congress", "import", str(after)], input="n\n").stderr

    assert "21. Oktober 2095 – jetzt 22. Oktober 2095" in said
    assert f"Neu dabei: Anna Neu\n    Nicht mehr dabei: {name}" in said
    assert f"{len(people)} Personen sind angemeldet." in said
    assert "1 Person hat keine E-Mail-Adresse und muss es auf anderem Weg erfahren." in said
    assert "(Zeit, Personen)" in said
    assert "slot" not in said


def test_it_says_before_how_many_would_move_up(flask, app, later):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        for state in ("confirmed", "waiting"):
            builders.a_registration(congress, state=state)
        congress.capacity, congress.taken, congress.waiting = 1, 1, 1
        db.session.commit()
    after = later("after", ('state = "finished"', 'state = "published"'))
    said = flask.invoke(args=["congress", "import", str(after)], input="n\n").stderr
    assert "1 wartende Person rückt nach und erfährt es per Mail." in said


@pytest.mark.parametrize(
    ("before", "after", "year", "is_told"),
    [
        ("published", "published", "2095", True),
        ("published", "published", "2014", False),  # a correction of what is over
        ("published", "cancelled", "2095", True),
        ("cancelled", "cancelled", "2095", False),
        ("cancelled", "published", "2095", True),
        ("finished", "finished", "2014", False),
        ("finished", "published", "2095", True),
        ("draft", "draft", "2095", False),
    ],
)
def test_it_promises_mails_only_where_they_are_sent(
    flask, app, later, before, after, year, is_told
):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        builders.a_registration(congress)
        db.session.execute(update(Congress).values(state=before))
        db.session.commit()
    state = ('state = "finished"', f'state = "{after}"')
    import_ = ["congress", "import", str(later("after", ("2095-10-21", f"{year}-10-22"), state))]

    said = flask.invoke(args=import_, input="n\n").stderr
    assert flask.invoke(args=[*import_, "--yes"]).exit_code == 0

    assert ("1 Person ist angemeldet" in said) is is_told
    with app.app_context():
        assert bool(db.session.scalars(select(OutboxMessage.id)).all()) is is_told


@pytest.mark.parametrize("line", ['state = "draft"', ""])
def test_no_import_makes_a_draft_of_what_people_have_a_link_to(flask, app, later, line):
    """A file that says nothing of the state says draft."""
    file = str(later("after", ('state = "finished"\n', f"{line}\n"), ("Lünen", "Köln")))
    with app.app_context():
        builders.a_registration(db.session.scalars(select(Congress)).one(), state="cancelled")
    result = flask.invoke(args=["congress", "import", file, "--yes"])

    assert result.exit_code == 1
    assert "kann der Kongress nicht wieder zum Entwurf werden" in result.stderr
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        assert (congress.state, congress.town) == ("finished", "Lünen")


def test_no_import_lets_registration_open_again_once_somebody_has_registered(flask, app, later):
    file = str(later("after", ("Lünen", "Köln")))  # opens in 2095
    with app.app_context():
        builders.a_registration(db.session.scalars(select(Congress)).one())
        db.session.execute(update(Congress).values(opens_at=builders.OPENS))
        db.session.commit()
    result = flask.invoke(args=["congress", "import", file, "--yes"])

    assert result.exit_code == 1
    assert "kann die Anmeldung nicht erst später wieder beginnen" in result.stderr
    with app.app_context():
        assert db.session.scalars(select(Congress.town)).one() == "Lünen"


def test_it_promises_mails_where_what_was_over_is_to_come(flask, app, later):
    with app.app_context():
        builders.a_registration(db.session.scalars(select(Congress)).one())
    public = ('state = "finished"', 'state = "published"')
    past = later("past", public, ("2095-", "2014-"))
    assert flask.invoke(args=["congress", "import", str(past), "--yes"]).exit_code == 0
    said = flask.invoke(args=["congress", "import", str(later("again", public))], input="n\n")

    assert "1 Person ist angemeldet" in said.stderr


def test_every_fault_is_told_with_file_line_and_key_and_nothing_is_stored(flask, app, tmp_path):
    file = tmp_path / "wrong.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("town =", "twon =")
    text = text.replace('start = "13:15"\nend = "15:15"', 'start = "13:15"\nend = "12:15"')
    file.write_text(text, encoding="utf-8")
    result = flask.invoke(args=["congress", "import", str(file)])
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("wrong.toml:13: twon: ")
    assert "„town“" in lines[0] or "“town”" in lines[0]
    assert sum(": items[" in line for line in lines) == 6
    assert any("logo_file" in line for line in lines)
    with app.app_context():
        assert find_plan(SLUG) is None


@pytest.mark.sqlite_only
def test_a_logo_outside_the_folder_is_not_read(flask, tmp_path):
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    folder = tmp_path / "files"
    folder.mkdir()
    file = folder / "congress.toml"
    text = EXAMPLE.read_text(encoding="utf-8")
    file.write_text(text.replace("logo-platzhalter.png", "../secret.png"), encoding="utf-8")
    result = flask.invoke(args=["congress", "import", str(file)])
    assert result.exit_code == 1
    assert "organisations[1].logo_file" in result.stderr


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["export", "unknown"], 1),
        (["copy", "unknown", "--starting", "2027-01-20"], 1),
        (["import", "no-such-file.toml"], 2),
        (["copy", SLUG, "--starting", "tomorrow"], 2),
        (["copy", SLUG], 2),
        (["copy", SLUG, "--starting", "2027-01-21"], 1),
        (["copy", SLUG, "--starting", "2016-10-19"], 1),
        (["copy", SLUG, "--starting", "2027-01-20", "--as", "login"], 1),
        (["copy", SLUG, "--starting", "2027-01-20", "--as", SLUG], 1),
        (["import", str(EXAMPLE), "--as", "Nein"], 1),
        (["import", str(EXAMPLE), "--starting", "2027-01-21"], 1),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence_on_stderr(flask, args, status):
    flask.invoke(args=["congress", "import", str(EXAMPLE)])
    result = flask.invoke(args=["congress", *args])
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_the_next_edition_is_a_draft(flask, app):
    flask.invoke(args=["congress", "import", str(EXAMPLE)])
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC)):
        result = flask.invoke(args=["congress", "copy", SLUG, "--starting", "2027-01-06"])
    assert result.exit_code == 0
    ferien = (
        "liegt in den Schulferien von Nordrhein-Westfalen (Weihnachtsferien, bis 6. Januar 2027)."
    )
    assert result.stderr.splitlines() == [
        f"Der 6. Januar 2027 {ferien}",
        f"Der Anmeldeschluss am 23. Dezember 2026 {ferien}",
        "Impulsvortrag: Einblick in die…: nennt noch 2015",
        "fachkongress-2027 wurde als Entwurf angelegt.",
    ]
    with app.app_context():
        plan = find_plan("fachkongress-2027")
    assert (plan.state, plan.venue, plan.first_day.isoformat()) == ("draft", {}, "2027-01-06")


def test_an_imported_file_can_begin_on_another_day(flask, app):
    """What is called finished only when that day has come."""
    args = ["congress", "import", str(EXAMPLE), "--as", "next-one", "--starting", "2027-01-20"]
    with time_machine.travel(datetime(2027, 1, 20, 6, tzinfo=UTC), tick=False):
        refused = flask.invoke(args=args)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "beginnt am Mittwoch, 20. Januar 2027, 9.30 Uhr" in refused.stderr.replace("\xa0", " ")
    with time_machine.travel(datetime(2027, 1, 21, tzinfo=UTC), tick=False):
        assert flask.invoke(args=args).exit_code == 0
    with app.app_context():
        assert find_plan("next-one").first_day.isoformat() == "2027-01-20"


FACTS: dict[str, str | int] = {
    "most": 1,
    "least": 1,
    "length": 1,
    "number": 2,
    "value": "x",
    "name": "x",
    "expected": "clock",
    "fault": "no_value",
    "suggestion": "x",
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", [*ProblemKind, *WarningKind])
def test_every_fault_has_a_sentence(app, kind):
    others: dict[str, str | int] = dict.fromkeys(
        ("byte", "code", "known", "time", "year", "room", "one", "other", "offset"), "x"
    )
    with app.app_context():
        sentence = file_words.sentence(
            FileProblem(kind, facts=FACTS | others | {"seats": 1, "places": 1})
        )
    assert "%(" not in sentence
    assert sentence


def test_every_fault_of_syntax_has_a_sentence():
    assert set(file_words.FAULTS) == set(SyntaxFault)
