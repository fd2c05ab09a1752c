"""The plain text of letters: what reads as one stays on a line, labels stand apart."""

import pytest

from congress.formats.letter_parts import WIDTH, TextParts, filled
from congress.formats.typography import NO_BREAK_SPACE
from tests.formats.test_mail import text_of
from tests.mail_facts import NETWORKS, a_mail


@pytest.mark.parametrize(
    "pair",
    ["Raum 4", "Room 4", "Workshop 3", "10. Januar", "10 January", "9.30 Uhr", "Saal 2", "z. B."],
)
def test_what_reads_as_one_stays_on_one_line(pair):
    for before in range(WIDTH):
        column = filled("a" * before + f" {pair} " + "wort " * 3)

        assert pair in column
        assert NO_BREAK_SPACE not in column
        assert all(len(line) <= WIDTH for line in column.splitlines())


@pytest.mark.parametrize(
    ("label", "is_beside"),
    [
        ("Wann", True),
        ("Your workshop", True),
        ("Accessibility!", False),
        ("Barrierefreiheit", False),
    ],
)
def test_a_label_stands_apart_from_what_follows(label, is_beside):
    first, *others = TextParts().row(label, "Etwas").splitlines()

    assert first.startswith(f"{label}  ") is is_beside
    assert [each.strip() for each in others] == ([] if is_beside else ["Etwas"])


@pytest.mark.parametrize("kind", ["confirmed", "corrected", "already_registered"])
@pytest.mark.parametrize("has_workshop", [True, False])
def test_only_who_has_or_waits_for_a_workshop_reads_until_when_it_can_be_changed(
    kind, has_workshop
):
    held = [NETWORKS] if has_workshop else []
    text = text_of(a_mail(kind, confirmed=held, waiting=[]))

    assert ("Workshops wechseln können Sie" in text) is has_workshop
    assert ("Abmelden können Sie sich " in text) is not has_workshop
