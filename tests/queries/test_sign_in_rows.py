"""Sign-in sheets on paper: every row has room for a signature, the last one of a page as well."""

from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from congress.domain.sign_in import NumberedSheet, SheetFor, SignInRow
from congress.formats import print_sign_in, printing
from congress.formats.print_sign_in import SignIn
from congress.queries.congresses import get_congress
from tests.builders import a_congress

pytestmark = pytest.mark.sqlite_only

NOW = datetime(2015, 10, 21, tzinfo=UTC)
OF_ORGANISATIONS = 9  # points, the size of their letters
POINTS = 72 / 25.4  # in a millimetre


def heights(content: bytes) -> list[float]:
    """Return how far the organisations of rows that follow each other stand apart, in mm."""
    found: list[float] = []
    with pikepdf.open(BytesIO(content)) as file:
        for page in file.pages:
            places, at = list[tuple[int, float]](), (0, 0.0)
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "cm":
                    at = (round(float(step.operands[4])), float(step.operands[5]))
                elif str(step.operator) == "Tf" and float(step.operands[1]) == OF_ORGANISATIONS:
                    places.append(at)
            column = Counter(x for x, _y in places).most_common(1)[0][0]
            found += [(a - b) / POINTS for a, b in pairwise(y for x, y in places if x == column)]
    return found


@pytest.mark.parametrize("lines", [1, 4, 8])
def test_no_row_is_cut_in_two(session, lines):
    """Its place on the page hangs on how long the title is."""
    congress = get_congress(a_congress().id)
    rows = tuple(SignInRow(at, at, f"Anna {at}", "Stadt Lünen") for at in range(1, 41))
    sheet = NumberedSheet(SheetFor(date(2015, 10, 21)), "B7K4", rows)
    signed = SignIn("Fachkongress " * lines, "heute", "", sheet)
    printed = print_sign_in.printed(congress, [signed], {}, language="de", now=NOW)
    found = heights(printing.pdf(printed))
    assert len(found) == 38  # two pages
    assert min(found) > 9.2
