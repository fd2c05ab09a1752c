"""What is wrong with a file that is no TOML: told as a fault of our own, with line and key."""

import pytest

from congress.domain.congress_file.problems import FileRefused, SyntaxFault
from congress.formats.congress_file import read_congress_file


@pytest.mark.parametrize(
    ("document", "fault", "line", "key"),
    [
        ("town =", SyntaxFault.NO_VALUE, 1, "town"),
        ("town = Lünen", SyntaxFault.NO_VALUE, 1, "town"),
        ("town", SyntaxFault.NO_EQUALS_SIGN, 1, "town"),
        ("ort der tagung = 1", SyntaxFault.NO_EQUALS_SIGN, 1, ""),
        ("öffnet = 1", SyntaxFault.NO_KEY, 1, "öffnet"),
        ('town = "Lünen\nvenue = "Hansesaal"', SyntaxFault.TEXT_NOT_CLOSED, 1, "town"),
        ('town = "Lünen', SyntaxFault.TEXT_NOT_CLOSED, 1, "town"),
        ('slug = "a"\nintro = """\nGuten\nTag', SyntaxFault.TEXT_NOT_CLOSED, 2, "intro"),
        ("town = 'Lünen", SyntaxFault.TEXT_NOT_CLOSED, 1, "town"),
        ("town = 'Lünen\nslug = 1", SyntaxFault.TEXT_NOT_CLOSED, 1, "town"),
        ("list = [1, 2", SyntaxFault.LIST_NOT_CLOSED, 1, "list"),
        ('title = {de = "Tag"', SyntaxFault.TABLE_NOT_CLOSED, 1, "title"),
        ("[[days]\nday = 1", SyntaxFault.HEADING_NOT_CLOSED, 1, "days[1]"),
        ("[[items]]\n[[items]]\nstart = 13 Uhr", SyntaxFault.LINE_GOES_ON, 3, "items[2].start"),
        ('town = "Lü\x00nen"', SyntaxFault.INVISIBLE, 1, "town"),
        ('logo = "C:\\Logos"', SyntaxFault.BACKSLASH, 1, "logo"),
        ("[[days]]\nday = 2027-02-30", SyntaxFault.NO_SUCH_DATE, 2, "days[1].day"),
        ('town = "a"\ntown = "b"\nslug = "c"', SyntaxFault.TWICE, 2, "town"),
        ("[registration]\n[registration]", SyntaxFault.TWICE, 2, "registration"),
        ("places = " + "9" * 5000, SyntaxFault.LONG_NUMBER, 1, "places"),
        ("list = " + "[" * 5000, SyntaxFault.TOO_DEEP, None, ""),
    ],
)
def test_a_fault_is_told_with_its_line_and_key(document, fault, line, key):
    with pytest.raises(FileRefused) as refusal:
        read_congress_file(document.encode())

    (problem,) = refusal.value.problems
    assert (problem.facts["fault"], problem.line, problem.key) == (fault, line, key)
