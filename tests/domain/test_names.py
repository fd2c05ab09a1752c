"""What people are called, and what no name is."""

import pytest

from congress.domain.names import full_name, says_nothing, web_address_in


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("Erika", "Muster", "Erika Muster"),
        ("Ada", "", "Ada"),
        ("", "Sukarno", "Sukarno"),
        ("Prof. Dr. Jan", "von der O’Hara", "Prof. Dr. Jan von der O’Hara"),
        ("a" * 60, "b" * 60, f"{'a' * 60} {'b' * 60}"),
    ],
)
def test_one_of_two_names_is_enough(given, family, name):
    assert full_name(given, family) == name


@pytest.mark.parametrize("name", ["-", "–", "—", ".", "--", "- -", "…", "", "`", "´", "\u0301"])
def test_a_stroke_is_no_name(name):
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["Ö", "李", "O", "7", "=1+1", "☺"])
def test_anything_else_is_one(name):
    assert not says_nothing(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://evil.example/x?y", "http://evil.example/x?y"),
        ("Klick https://evil", "https://evil"),
        ("HTTPS://EVIL.EXAMPLE", "HTTPS://EVIL.EXAMPLE"),
        ("evil.example", "evil.example"),
        ("Evil.Com", "Evil.Com"),
        ("www.evil", "www.evil"),
        ("Besuchen Sie evil.de!", "evil.de"),
        ("evil.co.uk/gewinn", "evil.co.uk/gewinn"),
        ("shop.evil.xyz:8080", "shop.evil.xyz:8080"),
        ("evil.com#x", "evil.com#x"),
        ("t.me/evil", "t.me/evil"),
        ("x@evil.com", "evil.com"),
        ("müller-gewinn.de", "müller-gewinn.de"),
        ("evil.xn--p1ai", "evil.xn--p1ai"),
        ("злой.рф", "злой.рф"),
        ("evil\u200b.com", "evil.com"),
        ("evil\u2024com", "evil.com"),
        ("evil。com", "evil.com"),
        ("evil．com", "evil.com"),
        ("192.168.0.1/x", "192.168.0.1/x"),
        ("Gewinn auf kredit.jetzt", "kredit.jetzt"),
        ("billig.kaufen", "billig.kaufen"),
        ("foo@evil.photo", "evil.photo"),
        ("example\u034f.com", "example.com"),
        ("casino\ufe0f.com", "casino.com"),
        ("casino.\u180bcom", "casino.com"),
        ("casino\u2800.com", "casino.com"),
        ("x.com", "x.com"),
        ("t.me", "t.me"),
        ("dr.evil.com", "dr.evil.com"),
        ("Dr.Li/gewinn", "Dr.Li/gewinn"),
        ("Casino-Bet.in", "Casino-Bet.in"),
        ("spam.evil.Sieger.in", "spam.evil.Sieger.in"),
        ("http:evil.com", "evil.com"),
        ("[x](http://evil.example)", "http://evil.example)"),
        ("<a href=http://evil.example>Klick</a>", "http://evil.example>Klick</a>"),
    ],
)
def test_what_mail_programs_make_a_link_of_is_found(text, found):
    assert web_address_in(text, is_name=True) == found
    assert web_address_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "J. R. Müller",
        "J.R. Müller",
        "A.de Vries",
        "ver.di",
        "ver.di Bezirk NRW",
        "Prof. Dr.-Ing. Anna O’Hara, M.Sc.",
        "Dr.phil. Groß",
        "Freiwilligenagentur e.V.",
        "Stadt Lünen (Abt. 5.1)",
        "am 1.10.2015",
        "Jugend/Soziales",
        "St.Gallen",
        "Muster GmbH&Co.KG",
        "Dr.Li",
        "Univ.Prof. Muster",
        "Dr.med. Anna Muster",
        "J.Li",
        "Amt 50.1.2.3",
        "{event.__class__.__init__} {% raw %}",
        "100%",
        "a/b: c",
        "Ärzte …",
        "...",
    ],
)
def test_names_titles_and_organisations_pass(text):
    assert web_address_in(text, is_name=True) == ""
    assert web_address_in(text) == ""


@pytest.mark.parametrize(
    "text", ["Koordinator.in", "Leiter.innen", "Referent.in für Ehrenamt", "Ärzt.in"]
)
def test_a_form_for_all_genders_passes_where_it_is_no_name(text):
    assert web_address_in(text) == ""


@pytest.mark.parametrize("text", ["Koordinator.in", "Leiter.in/gewinn", "evil.in"])
def test_a_name_can_be_no_page_in_india(text):
    assert web_address_in(text, is_name=True) == text
