import pytest

from congress.web.entries import Entry, read_address, read_line, read_text

pytestmark = pytest.mark.sqlite_only

# Controls, formats, spaces, fillers, selectors, what is no character: nobody sees any of them.
UNSEEN = [
    *map(chr, (*range(0x21), 0x7F, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x2000)),
    *map(chr, (*range(0x200B, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2070), 0x2800)),
    *map(chr, (0x3000, 0x3164, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0xE0041, 0xE0100)),
]


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context("/?lang=en"):
        yield


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("  Erika   Muster ", "Erika Muster"),
        ("Erika\u00a0Muster", "Erika Muster"),
        ("Mu\u0308ller", "Müller"),  # NFC
        ("Zusammen\u00adarbeit\ufeff", "Zusammenarbeit"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that Persian needs
        ("", ""),
        *((f"{mark}Erika Muster{mark} {mark}", "Erika Muster") for mark in UNSEEN),
    ],
)
def test_a_line_is_tidied_without_a_word(typed, value):
    entry = Entry("name", "Name")

    assert read_line(entry, typed, most=100) == value
    assert entry.errors == []


@pytest.mark.parametrize("mark", UNSEEN)
def test_several_lines_lose_what_nobody_sees_at_their_ends(mark):
    entry = Entry("question", "Question")

    assert read_text(entry, f"{mark}One{mark}", most=100) == "One"
    assert entry.errors == []


def test_several_lines_keep_their_breaks():
    entry = Entry("question", "Question")

    assert read_text(entry, "One\r\nTwo\rThree\tx \n", most=100) == "One\nTwo\nThree\tx"
    assert entry.errors == []


def test_only_of_one_line_it_is_said_that_breaks_were_removed():
    text, line = Entry("text", "Text"), Entry("name", "Name")

    assert read_text(text, "One\nT\x01wo", most=100) == "One\nTwo"
    read_line(line, "One\nTwo", most=100)
    assert ["line breaks" in each.errors[0] for each in (text, line)] == [False, True]


def test_the_limit_counts_what_is_left():
    entry = Entry("name", "Name")

    assert read_line(entry, " ".join(["a" * 50, "b" * 49]) + "  ", most=100)
    assert entry.errors == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("erika@example.org", "erika@example.org"),
        ("Erika.Muster+kongress@Example.ORG", "Erika.Muster+kongress@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("a@b.c.d.example", "a@b.c.d.example"),
        ("erika@müller.de", "erika@xn--mller-kva.de"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_an_address_comes_out_as_mail_servers_want_it(typed, address):
    entry = Entry("email", "E-mail", required=True)

    assert read_address(entry, typed, is_demo=False) == address
    assert entry.errors == []


@pytest.mark.parametrize("domain", ["congress.test", "localhost", "host.local", "x.invalid"])
def test_reserved_domains_are_refused_except_that_of_tests_in_the_demo(domain):
    entry = Entry("email", "E-mail", required=True)

    assert read_address(entry, f"a@{domain}", is_demo=False) == ""
    assert len(entry.errors) == 1
    assert read_address(Entry("email", "E-mail"), "a@congress.test", is_demo=True)
