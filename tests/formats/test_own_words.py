"""What organisers write, in both dresses; what others are called is never more than its letters."""

import pytest
from markupsafe import Markup, escape

from congress.formats.own_words import Block, Link, in_html, in_text, misplaced

PAGE = "https://kongress.example/registration/abc"
VALUES: dict[str, str | Link | Block] = {
    "Vorname": "Ada",
    "Seite": Link(PAGE, "Ihre Seite"),
    "Workshops": Block("Workshop 1\nWorkshop 2", Markup("<dl><dt>Workshop 1</dt></dl>")),
}
LINKED = f'<a href="{PAGE}">'


@pytest.mark.parametrize(
    ("written", "text", "html"),
    [
        ("Guten Tag", "Guten Tag", "<p>Guten Tag</p>"),
        ("Eins\nzwei", "Eins\nzwei", "<p>Eins<br>\nzwei</p>"),
        ("Eins\n\nzwei", "Eins\n\nzwei", "<p>Eins</p>\n<p>zwei</p>"),
        ("# Groß", "Groß", "<h2>Groß</h2>"),
        ("**Fett** und *schräg*", "Fett und schräg", None),
        ("- eins\n- zwei", "- eins\n- zwei", "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>"),
        ("1. eins\n2. zwei", "1. eins\n2. zwei", "<ol>\n<li>eins</li>\n<li>zwei</li>\n</ol>"),
        ("Hallo {Vorname}", "Hallo Ada", "<p>Hallo Ada</p>"),
        ("**{Vorname}**", "Ada", "<p><strong>Ada</strong></p>"),
        ("{Seite}", f"Ihre Seite: {PAGE}", f"<p>{LINKED}Ihre Seite</a></p>"),
        ("[Hier]({Seite})", f"Hier: {PAGE}", f"<p>{LINKED}Hier</a></p>"),
        ("{Workshops}", "Workshop 1\nWorkshop 2", "<dl><dt>Workshop 1</dt></dl>"),
        ("Das: {Workshops}", "Das: {Workshops}", "<p>Das: {Workshops}</p>"),
        ("{Nachname}", "{Nachname}", "<p>{Nachname}</p>"),
        ("<b>&amp;</b>", "<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
        ("![Bild](https://a.example/b.png)", None, None),
        ("`Code`", "`Code`", "<p>`Code`</p>"),
        ("", "", ""),
    ],
)
def test_both_dresses(written: str, text: str | None, html: str | None) -> None:
    assert text is None or in_text(written, VALUES) == text
    found = in_html(written, VALUES)
    assert html is None or found == html
    assert "<img" not in found


@pytest.mark.parametrize(
    ("written", "addresses"),
    [
        ("Siehe https://www.nrw.de/a?b=c&d.", ["https://www.nrw.de/a?b=c&amp;d"]),
        ("[NRW](https://www.nrw.de)", ["https://www.nrw.de"]),
        ("[Post](mailto:info@nrw.example)", ["mailto:info@nrw.example"]),
        ("[NRW](http://www.nrw.de) [x](javascript:alert(1)) [y](data:text/html,z)", []),
        ("[x]({Nachname})", []),
        ("[x]({Vorname})", []),
        ("www.nrw.de, nrw.de, <https:nrw>", []),
        ("https://nrw.de@evil.example/ [x](https://nrw.de:1@evil.example)", []),
        ("https://\u202ewn.example", []),
        ("https://www.nrw.de/@amt", ["https://www.nrw.de/@amt"]),
    ],
)
def test_only_whole_addresses_are_links(written: str, addresses: list[str]) -> None:
    html = in_html(written, VALUES)
    assert html.count("<a ") == len(addresses)
    assert all(f'<a href="{address}">' in html for address in addresses)


@pytest.mark.parametrize(
    "name",
    [
        "<a href=http://evil.example>Klick</a>",
        "[x](http://evil.example)",
        "[x](https://evil.example)",
        "https://evil.example",
        "evil.example",
        "{Seite}",
        "{Workshops}",
        "{{7*7}} {event.__class__} %(x)s ${x}",
        "# Eins\n\n- zwei",
        "**fett**",
    ],
)
@pytest.mark.parametrize(
    "around", ["{Vorname}", "**Guten Tag {Vorname}**, willkommen", "- {Vorname}"]
)
def test_a_name_stays_a_name(name: str, around: str) -> None:
    plain = in_html(around, VALUES | {"Vorname": "Ada"})
    html = in_html(around, VALUES | {"Vorname": name})

    assert html == plain.replace("Ada", escape(name))
    assert "<a " not in html
    words = " ".join(in_text(around, VALUES | {"Vorname": name}).split())
    assert " ".join(name.split()) in words


def test_long_lines_are_filled_and_points_hang() -> None:
    written = "- " + "Wort " * 30
    lines = in_text(written, {}).splitlines()
    assert lines[0].startswith("- Wort")
    assert all(line.startswith("  Wort") for line in lines[1:])
    assert max(map(len, lines)) <= 70


def test_parts_of_the_program_stand_by_themselves() -> None:
    blocks = ["Workshops", "News"]
    assert misplaced("{Workshops}\n\nund {News} hier", blocks) == ("News",)
    assert misplaced("Ohne", blocks) == ()
