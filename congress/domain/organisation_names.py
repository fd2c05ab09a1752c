"""Which spellings are of one organisation: what people type, taken down to what it is called.

A town hall is written in many ways: "Stadt Rheine", "Rheine, Stadt", "Stadtverwaltung Rheine,
Jugendamt". What tells organisations apart stays: "Kreis Unna" is not "Unna", "Stadtwerke Rheine"
are not the town. Two that are wrongly one, or wrongly two, are for an organiser to settle.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from congress.domain.duplicates import is_slip
from congress.domain.folding import fold_for_order, fold_sought
from congress.domain.people import fold_name

SHORTEST_TO_MISTYPE = 6  # letters: "Hamm" and "Haan" are two towns
MOST_TOKENS = 6  # of a name that is compared word by word: there are 2 ** n parts of it


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# All of these are folded, without ae, oe, ue.
_TOWN = _set(
    "stadt stadtverwaltung gemeinde gemeindeverwaltung stadtgemeinde kreisstadt hansestadt "
    "landeshauptstadt universitatsstadt bundesstadt verwaltung rathaus"
)
_COUNTY = _set("kreis kreises kreisverwaltung landkreis landkreises landratsamt")
_EMPTY = _TOWN | _set(
    "freie freien und der die das des dem den am an a d i im in bei b v vor ob auf zu zur "
    "ev ggmbh gmbh mbh ag kg inc ltd"
)
_DEPARTMENTS = _set(
    "fachbereich fb fachdienst fd fachgebiet fachstelle abteilung abt dezernat referat sachgebiet "
    "stabsstelle team jugendamt sozialamt schulamt bauamt ordnungsamt hauptamt personalamt "
    "kulturamt sportamt gesundheitsamt burgeramt standesamt umweltamt planungsamt "
    "stadtplanungsamt burgermeister burgermeisterin oberburgermeister oberburgermeisterin "
    "burgermeisterburo landrat landratin"
)
_NOBODY = _set(
    "privat private privatperson person keine keiner kein ohne none n na nichts burger burgerin "
    "burgerinnen freiberuflich freiberufler freiberuflerin selbststandig selbstandig "
    "ehrenamtlich rentner rentnerin organisation"
)
_SAME = {"st": "sankt"} | dict.fromkeys(_COUNTY, "kreis")
_REGISTERED_SOCIETY = re.compile(r"\be\. ?v\b")
_WORD = re.compile(r"\w+")
# Words that make another organisation of a name.
_OTHERS = _set("kreis stadtwerke sparkasse amt samtgemeinde verbandsgemeinde")
# Addresses there say nothing of where somebody works.
PUBLIC_MAIL = _set(
    "gmx.de gmx.net gmx.at gmx.ch web.de t-online.de gmail.com googlemail.com outlook.com "
    "outlook.de hotmail.com hotmail.de live.de yahoo.de yahoo.com icloud.com me.com freenet.de "
    "posteo.de mailbox.org arcor.de aol.com proton.me protonmail.com online.de email.de "
    "unitybox.de unity-mail.de"
)


def spelling_of(organisation: str) -> str:
    """Return what tells one spelling from others: all but case and spaces."""
    return " ".join(organisation.casefold().split())


@lru_cache(maxsize=2_000)
def likeness(organisation: str) -> str:
    """Return what spellings of one organisation have in common; empty where nobody is named.

    Whoever writes "privat" or "-" comes for themselves.
    """
    words = _words(organisation)
    named = [each for each in _without_departments(words) if each not in _EMPTY]
    if set(named or words) <= _NOBODY:
        return ""
    return " ".join(sorted(set(named or words)))


def in_register(organisation: str) -> frozenset[str]:
    """Return the keys under which an organisation may stand in the register."""
    words = _WORD.findall(fold_for_order(organisation))
    name = "".join(each for each in words if each not in _EMPTY)
    titled = (f"{title}{name}" for title in ("", "stadt", "gemeinde"))
    return frozenset({fold_name(organisation), *titled, f"{name}stadt"})


def nearly(one: str, other: str) -> bool:
    """Return whether two of `likeness` differ by a letter that somebody may have mistyped.

    Numbers are not mistyped: "Gesamtschule 1" is not "Gesamtschule 2".
    """
    if one[:1] != other[:1] or min(len(one), len(other)) < SHORTEST_TO_MISTYPE:
        return False
    return _numbers(one) == _numbers(other) and is_slip(one, other)


def alike(key: str, others: Collection[str]) -> list[str]:
    """Return which others may be the same, because one has all the words of the other."""
    words = frozenset(key.split())
    known = others if isinstance(others, set | frozenset) else frozenset(others)
    found = {part for part in _parts(words) if part in known and part != key}
    found |= {
        other
        for other in known
        if other != key and words < (theirs := frozenset(other.split())) and _is_part(words, theirs)
    }
    return sorted(found)


def own_domains(emails: Iterable[str]) -> list[str]:
    """Return the domains of addresses that may be an organisation's own."""
    domains = {each.rpartition("@")[2] for each in emails if "@" in each}
    return sorted(each for each in domains if each and each not in PUBLIC_MAIL)


def domains_above(email: str) -> list[str]:
    """Return the domain of an address and those it stands in, the nearest first."""
    labels = email.rpartition("@")[2].split(".")
    return [".".join(labels[at:]) for at in range(max(0, len(labels) - 1))]


def _words(organisation: str) -> list[str]:
    folded = _REGISTERED_SOCIETY.sub(" ", fold_sought(organisation))
    return [_SAME.get(each, each) for each in _WORD.findall(folded)]


def _without_departments(words: list[str]) -> list[str]:
    """Return a name without the office in it: what follows its title, or stands before "Stadt"."""
    at = next((at for at, each in enumerate(words) if each in _DEPARTMENTS), None)
    if at is None:
        return words
    before, after = words[:at], words[at + 1 :]
    if any(each not in _EMPTY for each in before):
        return before
    titles = [at for at, each in enumerate(after) if each in _TOWN or each == "kreis"]
    return after[titles[-1] :] if titles and after[titles[-1] + 1 :] else after


def _numbers(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def _parts(words: frozenset[str]) -> Iterator[str]:
    if len(words) > MOST_TOKENS:
        return
    for many in range(1, len(words)):
        for part in combinations(sorted(words), many):
            if _is_part(frozenset(part), words):
                yield " ".join(part)


def _is_part(words: frozenset[str], of: frozenset[str]) -> bool:
    return words < of and not (of - words) & _OTHERS
