"""The one form in which texts are compared, searched and put in order, for every database.

Order is that of dictionaries (DIN 5007-1): an umlaut stands with its letter. Databases differ in
what they know of letters, so the forms are made here, stored, and compared character by character.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

_LETTERS = {  # what Unicode does not take apart
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ǝ": "e", "ƀ": "b", "ȼ": "c", "ɇ": "e",
    "ǥ": "g", "ɨ": "i", "ɉ": "j", "ƚ": "l", "ɍ": "r", "ʉ": "u", "ɏ": "y", "ƶ": "z", "ⱥ": "a",
    "ɓ": "b", "ɖ": "d", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ʒ": "z",
}  # fmt: skip
_APOSTROPHES = "'`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ＇꞉"
_QUOTES = '"„“”‟«»‹›″＂'
_HYPHENS = "-‐‑‒–—―−⁃﹘﹣－"
_MARKS = _LETTERS | dict.fromkeys(_APOSTROPHES + _QUOTES, "") | dict.fromkeys(_HYPHENS, " ")
_TABLE = str.maketrans(_MARKS)
_PUNYCODE = re.compile(r"(?<![\w-])xn--([a-z0-9-]+)", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"[\w-]+")
_WRITTEN_OUT = re.compile("(?<=[aou])e")
# Before every other character that can be stored, so that nothing stands before something.
NEXT = "\x01"


@lru_cache(maxsize=2_000)  # one person is compared, put in order and searched by the same names
def fold_for_order(*texts: str) -> str:
    """Return the form that decides the order: no case, accents, apostrophes or hyphens."""
    folded = with_letters(" ".join(texts)).casefold()
    # Twice: a free-standing accent would come apart, and what comes apart may hold letters.
    decomposed = unicodedata.normalize("NFKD", folded.translate(_TABLE)).casefold()
    letters = decomposed.translate(_TABLE)
    if not letters.isascii():  # where there are no marks
        letters = "".join(char for char in letters if char.isascii() or not _is_mark(char))
    return " ".join(letters.split())


def fold_in_turn(*texts: str) -> str:
    """Return the form for the order of several texts: each decides where those before are alike.

    What is empty is left out: somebody with one name stands at its letter.
    """
    return NEXT.join(filter(None, map(fold_for_order, texts)))


def fold_for_search(*texts: str) -> str:
    """Return the text that is searched in: as for order, and once more without ae, oe, ue."""
    plain = fold_for_order(*texts)
    short = _shortened(plain)
    return plain if short == plain else f"{plain}{NEXT}{short}"


def fold_sought(text: str) -> str:
    """Return what to look for in `fold_for_search`; "Müller" and "Mueller" are the same."""
    return _shortened(fold_for_order(text))


def together(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return spellings of the same counted as one, under the one that most use; most first."""
    groups: dict[str, Counter[str]] = {}
    for words, many in counted:
        groups.setdefault(fold_for_order(words) or words, Counter())[words] += many
    ordered = sorted(groups.items(), key=lambda each: (-each[1].total(), each[0]))
    return [(commonest(spellings), spellings.total()) for _key, spellings in ordered]


def commonest(spellings: Mapping[str, int]) -> str:
    """Return the spelling that most use; of several the first by its letters."""
    return min(spellings, key=lambda each: (-spellings[each], each))


def with_letters(text: str) -> str:
    """Return a text in which names of domains stand in letters, not in Punycode (RFC 3492)."""
    return _PUNYCODE.sub(_label, text) if "--" in text else text


def _label(found: re.Match[str]) -> str:
    try:
        label = found[1].lower().encode().decode("punycode")
    except (ValueError, OverflowError):
        return found[0]
    # Anything could be written so, also what cannot be stored or is the name of something else.
    is_name = bool(_LABEL.fullmatch(label)) and not label.isascii()
    is_folded = label == unicodedata.normalize("NFKC", label).lower()
    is_its_own = is_name and is_folded and label.encode("punycode").decode() == found[1].lower()
    return label if is_its_own else found[0]


def _shortened(text: str) -> str:
    return _WRITTEN_OUT.sub("", text)


def _is_mark(char: str) -> bool:
    """Return whether a character only marks the one before it, or is not seen at all."""
    return bool(unicodedata.combining(char)) or unicodedata.category(char) == "Cf"
