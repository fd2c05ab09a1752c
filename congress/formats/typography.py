"""Text that breaks well: soft hyphens in long German compounds, no-break spaces elsewhere."""

import re
from collections.abc import Sequence
from functools import lru_cache

from babel.lists import format_list

SOFT_HYPHEN = "\u00ad"
NO_BREAK_SPACE = "\u00a0"

# Shorter words fit on any screen we serve (320 px).
LONG_WORD = 14
# A piece left alone on a line should still be readable.
SHORTEST_PIECE = 4

# The second halves of compounds in titles about civic engagement and congresses. A list of our
# own, because hyphenation by patterns splits compounds badly ("Zusammena-rbeit").
COMPOUND_HEADS = """
    abteilung agentur aktivität angebot anmeldung arbeit auftrag ausschuss austausch auswertung
    bearbeitung beauftragte bedarf begleitung beispiel beratung bereich bericht bescheinigung
    bestätigung beteiligung bewegung bildung börse dolmetsch einrichtung empfehlung engagement
    entwicklung ergebnis erklärung forschung forum förderung gemeinde gemeinschaft gesellschaft
    gestaltung gruppe initiative integration kommunal kommune konferenz kongress koordination
    koordinierung landschaft leitung management maßnahme ministerium mitarbeit möglichkeit netzwerk
    organisation partizipation partner planung politik praxis projekt prozess qualifizierung
    schaftlich schulung sekretariat sprache stelle stiftung strategie struktur teilnehm
    tätigkeit umsetzung unterstützung veranstaltung verarbeitung verband verbänd vereinbarung
    verfahren vermittlung vernetzung versammlung verwaltung vorstand vorständ wirtschaft
    werkstatt workshop zentrum zusammenarbeit
"""
_WORD = re.compile(rf"[^\W\d_]{{{LONG_WORD},}}")
_HEAD = re.compile("|".join(COMPOUND_HEADS.split()), re.IGNORECASE)
# Addresses are copied and searched: nothing invisible belongs into them.
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")

_MONTHS = {
    "de": "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_BEFORE_DASH = re.compile(r" (?=[–—] )")
_INITIALS = re.compile(r"\b([A-ZÄÖÜ]\.|[a-zäöü]\.) (?=[A-ZÄÖÜa-zäöü]\.)")
_BEFORE_HOUR = re.compile(r"(?<=\d) (?=(?:Uhr|[ap]m)\b)")
_NUMBERED = re.compile(
    r"\b(Workshop|Raum|Room|Saal|Halle|Hall|Tag|Day|Platz|Nummer|[Nn]umber|Nr\.|No\.) (?=\d)"
)


@lru_cache(maxsize=2048)  # the same titles and sentences stand on every page
def soften(text: str, language: str) -> str:
    """Return the text ready for narrow columns: held together and breakable in the right places."""
    return hyphenate_softly(hold_together(text, language), language)


def hold_together(text: str, language: str) -> str:
    """Put no-break spaces before dashes and "Uhr", between day and month, in "N. N.", "z. B."."""
    months = _MONTHS.get(language[:2], _MONTHS["en"])
    text = _BEFORE_DASH.sub(NO_BREAK_SPACE, text)
    text = re.sub(rf"(?<=\d\.) (?=(?:{months})\b)|(?<=\d) (?=(?:{months})\b)", NO_BREAK_SPACE, text)
    text = _INITIALS.sub(rf"\1{NO_BREAK_SPACE}", text)
    return _BEFORE_HOUR.sub(NO_BREAK_SPACE, text)


def hold_in_letters(text: str, language: str | None = None) -> str:
    """Hold together what reads as one in a letter, "Raum 4" and "Workshop 3" too.

    Without a language it is held as in each of those that there are.
    """
    for each in [language] if language else _MONTHS:
        text = hold_together(text, each)
    return _NUMBERED.sub(rf"\1{NO_BREAK_SPACE}", text)


def hyphenate_softly(text: str, language: str) -> str:
    """Put soft hyphens (U+00AD) into German words of 14 letters and more, where their parts meet.

    Words that hold one already are left alone, as are addresses and other languages.
    """
    if language[:2] != "de":
        return text
    pieces: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        pieces += [_WORD.sub(_split, text[end : address.start()]), address.group()]
        end = address.end()
    return "".join([*pieces, _WORD.sub(_split, text[end:])])


def listed(words: Sequence[str], language: str, *, any_of: bool = False) -> str:
    """Return several words as a sentence names them: "Anna, Max und Petra"; or "oder Petra"."""
    locale = "en_GB" if language == "en" else language  # no comma before "and"
    return format_list(words, style="or" if any_of else "standard", locale=locale)


def _split(match: re.Match[str]) -> str:
    word, last, pieces = match.group(), 0, []
    if _touches_soft_hyphen(match):
        return word
    for head in _HEAD.finditer(word, SHORTEST_PIECE):
        if head.start() - last >= SHORTEST_PIECE and len(word) - head.start() >= SHORTEST_PIECE:
            pieces.append(word[last : head.start()])
            last = head.start()
    return SOFT_HYPHEN.join([*pieces, word[last:]])


def _touches_soft_hyphen(match: re.Match[str]) -> bool:
    around = (
        match.string[max(match.start() - 1, 0) : match.start()]
        + match.string[match.end() : match.end() + 1]
    )
    return SOFT_HYPHEN in around
