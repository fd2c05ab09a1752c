"""What people are called, and what stands in no name: addresses of pages on the web.

What somebody types who has not shown who they are goes into mails to others; nobody is to
advertise there in our name. Mail programs make links of anything that looks like an address, so
that is refused, whatever it is meant to be.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

# Those of the root, as mail programs know them, and those kept for use at home (RFC 2606, 6761).
_ROOT = Path(__file__).with_name("top_level_domains.txt")
_RESERVED = frozenset({"example", "invalid", "local", "localhost", "onion", "test"})
# Dots stand in them without making a page: "Dr.Li", "Dr.med.", "GmbH & Co.KG".
_TITLES = frozenset({"dr", "prof", "univ", "mag", "dipl", "ing", "priv"})
_FIRM = ["co", "kg"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_NUMBERS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}[/:]\S+")  # alone they number an office
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_DOTS = str.maketrans("。｡．․", "....")
# "Koordinator.in": a form for all genders, not a page in India; in what nobody is called by.
_FOR_ALL = re.compile(
    r"(?<![\w.-])(?=[A-ZÄÖÜ])[\w-]*(?i:er|or|eur|og|ant|ent|ist|amt|[aä]rzt|anwält|kolleg)"
    r"\.in(?:nen)?\b(?![./])"
)
# What nobody sees: Unicode takes some of them for letters, marks, signs, or for nothing at all.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f"
    "\uffa0\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff]"
)


def full_name(given_name: str, family_name: str) -> str:
    """Return how somebody is called; one of the two names is enough."""
    return " ".join(filter(None, (given_name, family_name)))


def says_nothing(name: str) -> bool:
    """Return whether a name is a mere stroke, dot or accent, as typed where there is none."""
    return not any(_is_of_a_name(char) for char in name)


def _is_of_a_name(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] not in "MPZ" and kind != "Sk"


def web_address_in(text: str, *, is_name: bool = False) -> str:
    """Return what looks like the address of a web page, as mail programs see it; "" if nothing.

    Initials and titles pass ("J.R. Müller", "M.Sc."), as do forms for all genders outside of
    names.
    """
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    plain = unicodedata.normalize("NFKC", UNSEEN.sub("", visible)).translate(_DOTS)
    if not is_name:
        plain = _FOR_ALL.sub(" ", plain)
    for pattern in (_SCHEME, _NUMBERS):
        if found := pattern.search(plain):
            return found[0]
    return next((found[0] for found in _HOST.finditer(plain) if _is_host(found[0])), "")


def _is_host(text: str) -> bool:
    host, *_rest = re.split(r"[:/?#]", text, maxsplit=1)
    labels = host.casefold().split(".")
    last = labels[-1]
    if labels[0] == "www":
        return True
    if len(host) == len(text.rstrip(":/?#")) and _is_short_for_something(host, labels):
        return False
    is_foreign = len(last) > 1 and not last.isascii() and not _is_latin(last)
    return last in _top_level_domains() or last.startswith("xn--") or is_foreign


def _is_short_for_something(host: str, labels: list[str]) -> bool:
    """Return whether these are initials ("M.Sc", "A.de"), a title with a name, or a firm."""
    before, last = host.split(".")[-2:]
    is_small = before.islower() and last.islower()  # as in x.com
    is_initial = len(before) == 1 and len(labels) == 2 and not is_small  # noqa: PLR2004
    return is_initial or before.casefold() in _TITLES or labels[-2:] == _FIRM


@cache
def _top_level_domains() -> frozenset[str]:
    lines = _ROOT.read_text(encoding="ascii").splitlines()
    return _RESERVED.union(*(line.split() for line in lines if not line.startswith("#")))


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())
