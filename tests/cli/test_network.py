"""`flask network import`, as an operator types it."""

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Organisation
from tests.official_lists import a_list

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both


@pytest.fixture
def run(app, tmp_path):
    def import_file(content: bytes, *options: str, answer: str = ""):
        file = tmp_path / "list.txt"
        file.write_bytes(content)
        arguments = ["network", "import", str(file), *options]
        return app.test_cli_runner().invoke(args=arguments, input=answer)

    return import_file


def names(app):
    with app.app_context():
        return sorted(db.session.scalars(select(Organisation.name)))


def test_the_official_list_is_asked_about_and_taken_over(app, run):
    content = "\n".join(a_list(2)).encode("iso-8859-1")
    refused = run(content, answer="n\n")
    assert (refused.exit_code, refused.stdout, names(app)) == (0, "", [])
    assert "Kämen hinzu: 4" in refused.stderr

    assert run(content, answer="j\n").exit_code == 0
    assert names(app) == [
        "Musterkreis 1-1",
        "Musterkreis 2-1",
        "Stadt Obermusterdorf 0",
        "Stadt Obermusterdorf 1",
    ]
    assert "Nichts würde sich ändern" in run(content).stderr


def test_faults_are_told_with_their_lines_and_the_rest_is_taken_over(app, run):
    done = run(b"AGS;Name\n5566076;Rheine\n556607;Kurz\n", "--yes")

    assert done.exit_code == 0
    assert "Zeile 3: 556607 · Kurz" in done.stderr
    assert names(app) == ["Rheine"]


def test_what_a_complete_list_lacks_ends_with_a_day(app, run):
    run("\n".join(a_list(18)).encode(), "--yes")
    done = run("\n".join(a_list(17)).encode(), "--yes", "--ends-on", "2025-12-31")

    assert "Stadt Obermusterdorf 17 (02002001) → 2025-12-31" in done.stderr
    with app.app_context():
        ended = select(Organisation.ags).where(Organisation.valid_until.is_not(None))
        assert set(db.session.scalars(ended)) == {"02002", "02002001"}


def test_what_is_no_list_is_told(app, run):
    done = run(b"%PDF-1.7")

    assert done.exit_code == 1
    assert "GV100AD" in done.stderr
