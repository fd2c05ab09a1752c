"""What LibreOffice makes of our files: umlauts, days and moments as such, and no formula."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from congress.domain.attendee_files import Extra, Several, Shape
from congress.formats.attendee_sheets import write_workbook
from congress.formats.table import write_csv
from tests.formats.test_attendee_table import PART, START, a_table

# Semicolons, quotation marks, UTF-8, German, and days and numbers told from texts.
AS_CSV = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true"


def opened(name, content, folder, *options: str):
    """Return what LibreOffice shows of a file, as its own XML."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", *options, "--convert-to", "fods"]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / name)],
        check=True,
        capture_output=True,
        timeout=120,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
    )
    return (folder / Path(name).with_suffix(".fods")).read_text(encoding="utf-8")


def a_workbook():
    file = io.BytesIO()
    shape = Shape(several=Several.APART, extras=frozenset(Extra))
    write_workbook(a_table(shape), [PART], file, name="list", created=START)
    return file.getvalue()


def a_csv():
    file, table = io.BytesIO(), a_table(Shape())
    write_csv(table.headings, table.rows([PART]), file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "options"), [("list.xlsx", a_workbook, []), ("list.csv", a_csv, [AS_CSV])]
)
def test_libreoffice_shows_umlauts_days_and_no_formula(tmp_path, name, make, options):
    seen = opened(name, make(), tmp_path, *options)

    assert "Müßig-Ähre" in seen
    assert "table:formula" not in seen
    dates = set(re.findall(r'office:date-value="([^"]+)"', seen))
    assert {"2026-09-02T00:30:00", "2026-11-13"} <= dates
    if name.endswith("xlsx"):
        sheets = re.findall(r'<table:table table:name="([^"]+)"', seen)
        assert sheets[1:3] == ["Summen", "1 Nachhaltige Stadtentwicklung"]
