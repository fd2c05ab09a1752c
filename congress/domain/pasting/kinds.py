"""The kinds of programme items, by the words with which people name them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from congress.domain.folding import fold_for_order
from congress.domain.pasting.doubts import Doubt, Remark, remark
from congress.domain.programme import ItemKind

# What a column of kinds says.
_NAMES: Mapping[ItemKind, tuple[str, ...]] = {
    ItemKind.WORKSHOP: (
        "Workshop", "Workshops", "Werkstatt", "Workshopphase", "Arbeitsgruppe",
        "Breakout",
    ),
    ItemKind.BREAK: ("Pause", "Kaffeepause", "Mittagspause", "Break", "Coffee break"),
    ItemKind.TALK: (
        "Vortrag", "Impulsvortrag", "Fachvortrag", "Impuls", "Keynote", "Referat", "Talk",
        "Lecture",
    ),
    ItemKind.PLENARY: ("Plenum", "Plenary", "Plenary session"),
    ItemKind.PANEL: (
        "Podium", "Podiumsdiskussion", "Podiumsgespräch", "Panel", "Panel discussion",
        "Gesprächsrunde", "Talkrunde",
    ),
    ItemKind.PRACTICE_EXAMPLE: (
        "Praxisbeispiel", "Praxisbeispiele", "Praxisbericht", "Praxis", "Case study",
        "Case studies", "Best practice",
    ),
    ItemKind.EVENING: ("Abendveranstaltung", "Evening event"),
    ItemKind.MEAL: ("Essen", "Meal"),
    ItemKind.DAY: ("Kongresstag", "Konferenztag"),
    ItemKind.PEER_EXCHANGE: ("Kollegialer Austausch", "Peer exchange"),
    ItemKind.EXPERT_INPUT: ("Fachimpuls", "Fachimpulse", "Expert input"),
    ItemKind.STATE_NEWS: ("Informationen der Landesebene", "Information from the state level"),
    ItemKind.PLACEMENT: ("Einsatz", "Einsätze", "Einsatzort", "Placement", "Placements"),
}  # fmt: skip
_SHORT: Mapping[str, ItemKind] = {
    "ws": ItemKind.WORKSHOP,
    "ag": ItemKind.WORKSHOP,
    "pd": ItemKind.PANEL,
    "pl": ItemKind.PLENARY,
    "vt": ItemKind.TALK,
}
# What a title says beside those names.
_IN_TITLES: Mapping[ItemKind, tuple[str, ...]] = {
    ItemKind.BREAK: (
        "Mittag", "Mittagsimbiss", "Imbiss", "Kaffee", "Ankommen", "Ankunft",
        "Anmeldung",
        "Einlass", "Registrierung", "Coffee", "Arrival",
        "Registration", "Get-together", "Umtrunk", "Stehempfang", "Tea",
    ),
    ItemKind.EVENING: ("Abendprogramm", "Empfang", "Abendempfang", "Reception"),
    ItemKind.MEAL: ("Mittagessen", "Abendessen", "Lunch", "Dinner"),
    ItemKind.PLENARY: (
        "Begrüßung", "Eröffnung", "Grußwort", "Grußworte", "Welcome", "Opening", "Abschluss",
        "Ausblick", "Verabschiedung", "Closing", "Zusammenfassung", "Ausklang", "Einführung",
    ),
}  # fmt: skip

KIND_NAMES = {fold_for_order(name): kind for kind, names in _NAMES.items() for name in names}
_TITLE_WORDS = KIND_NAMES | {
    fold_for_order(word): kind for kind, words in _IN_TITLES.items() for word in words
}
_SEVERAL = frozenset(("workshops", "workshopphase", "breakouts"))  # may be one item, or many
_NUMBERED = re.compile(
    r"(?P<kind>workshop|ws|ag|arbeitsgruppe|werkstatt)\.?\s*(?:nr\.?\s*)?(?P<number>\d{1,3})"
    r"\s*(?:[:|.)–—-]\s*|\s+(?=\S))(?P<title>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "Workshop A: …", "WS II – …", "Workshop 3": somebody has named them already.
_NAMED = re.compile(
    r"(?i:workshop|ws|ag|arbeitsgruppe|werkstatt)\.?\s*(?:"
    r"(?:[A-Za-z]|[IVXivx]{1,5}|\d{1,3})\s*(?:[:|.)–—-]\s*.*)?"
    r"|(?:[A-Z]|[IVX]{1,5})\s+\S.*)",
    re.DOTALL,
)
_WORD = re.compile(
    r"(?:workshop|ws|ag|arbeitsgruppe|werkstatt)\s*[:|–—-]\s*(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(r"(?:workshop|ws|ag)\.?\s*(?P<number>\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind, and what has to be said of how it was found."""

    kind: ItemKind
    remark: Remark | None = None


def is_kind(text: str) -> bool:
    """Return whether a cell holds a kind and nothing else."""
    folded = fold_for_order(text)
    return folded in KIND_NAMES or folded.strip(".") in _SHORT or bool(_BARE.fullmatch(text))


def read_kind(text: str) -> Kind | None:
    """Return the kind that a cell of the column of kinds names."""
    folded = fold_for_order(text).strip(".")
    known = _TITLE_WORDS.get(folded) or (ItemKind.WORKSHOP if _BARE.fullmatch(text) else None)
    if known is not None:
        return Kind(known)
    if folded in _SHORT:
        short = _SHORT[folded]
        return Kind(short, remark(Doubt.KIND_SHORT, text=text, kind=short))
    found = set(_words_in(text))
    if len(found) != 1:
        return None
    (guess,) = found
    return Kind(guess, remark(Doubt.KIND_GUESSED, kind=guess, text=text))


def kind_of(title: str, *, has_places: bool) -> Kind:
    """Return the kind that an item without one probably is: by its title, or by its places."""
    found = list(dict.fromkeys(_words_in(title)))
    if has_places and found in ([], [ItemKind.WORKSHOP]):
        return Kind(ItemKind.WORKSHOP, remark(Doubt.KIND_FROM_PLACES, kind=ItemKind.WORKSHOP))
    if not has_places:  # a lunch that nobody books is a break
        found = list(dict.fromkeys(map(_unbooked, found)))
    first = next(iter(found), None)
    several = bool(_SEVERAL & set(fold_for_order(title).split()))
    if first is not None and not several and (len(found) == 1 or _begins_so(title)):
        return Kind(first, remark(Doubt.KIND_FROM_TITLE, kind=first))
    guess = first or ItemKind.TALK
    return Kind(guess, remark(Doubt.KIND_GUESSED, kind=guess, text=title))


def number_in(title: str) -> tuple[int | None, str]:
    """Return the number that a title begins with, and the title without: "Workshop 3: …"."""
    found = _NUMBERED.fullmatch(title)
    return (int(found["number"]), found["title"].strip()) if found else (None, title)


def is_named(title: str) -> bool:
    """Return whether a workshop has a name of its own in its title, as in "Workshop A: …"."""
    return bool(_NAMED.fullmatch(title))


def without_kind(title: str) -> str:
    """Return a title without the word that its number will come with: "Workshop: …"."""
    found = _WORD.fullmatch(title)
    return found["title"] if found else title


def _unbooked(kind: ItemKind) -> ItemKind:
    return ItemKind.BREAK if kind is ItemKind.MEAL else kind


def _words_in(text: str) -> list[ItemKind]:
    words = fold_for_order(re.sub(r"[^\w\s-]", " ", text)).split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    found = [_TITLE_WORDS[each] for each in pairs if each in _TITLE_WORDS]
    return found + [
        _TITLE_WORDS[each] if each in _TITLE_WORDS else _SHORT[each]
        for each in words
        if each in _TITLE_WORDS or each == "ws"
    ]


def _begins_so(title: str) -> bool:
    """Return whether the kind stands before a colon: "Workshop: Podien besetzen"."""
    head, mark, _rest = title.partition(":")
    folded = fold_for_order(head)
    return bool(mark) and (folded in _TITLE_WORDS or folded in _SHORT)
