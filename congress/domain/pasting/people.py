"""The people of one cell: names, what they do, and where they come from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from congress.domain.folding import fold_for_order
from congress.domain.pasting.cells import LONGEST_SHOWN
from congress.domain.pasting.doubts import Doubt, Remark, remark
from congress.domain.programme import DIALOGUE_PARTNER, UNNAMED
from congress.domain.texts import shortened

SPEAKER, MODERATOR = "speaker", "moderator"
LONGEST_NAME, LONGEST_AFFILIATION, LONGEST_CELL = 120, 200, 2000  # characters
MOST_WORDS, SURE_WORDS = 6, 2

# By how the word begins: German has many endings for one role.
_ROLE_STEMS: Mapping[str, str] = {
    "dialogpartner": DIALOGUE_PARTNER, "dialogue partner": DIALOGUE_PARTNER,
    "gesprachspartner": DIALOGUE_PARTNER, "moderat": MODERATOR, "moderiert von": MODERATOR,
    "gesprachsleitung": MODERATOR, "workshopleitung": MODERATOR, "chair": MODERATOR,
    "facilitator": MODERATOR, "referent": SPEAKER, "referat": SPEAKER, "speaker": SPEAKER,
    "keynote": SPEAKER, "redner": SPEAKER, "sprecher": SPEAKER, "impuls": SPEAKER,
    "input": SPEAKER, "vortrag": SPEAKER, "grusswort": SPEAKER, "podium": SPEAKER,
    "panellist": SPEAKER, "panelist": SPEAKER, "dialog partner": DIALOGUE_PARTNER,
    "es spricht": SPEAKER, "mit": "", "with": "",
}  # fmt: skip
_ALSO_TITLES = ("impuls", "input", "vortrag", "keynote", "podium", "grusswort", "referat")
_SHORT_ROLES = {"mod": MODERATOR, "dp": DIALOGUE_PARTNER, "ref": SPEAKER}
_NOBODY = re.compile(r"\b(?:N\.\s?N\.?|NN|N N|tba|tbc|tbd|noch offen|offen)$", re.IGNORECASE)
_SMALL = """
von van vom de der den dem del della di da dos du la le zu zur zum auf ten ter bin ibn el al y und
"""
_PARTICLES = frozenset(_SMALL.split())
_TITLES = re.compile(
    r"(?:Prof|Dr|Dres|Dipl|M\.?A|B\.?A|M\.?Sc|Ing|Univ|PD|Mag|Ph\.?D|Mr|Mrs|Ms|h\.?c|jur|med|phil|rer"
    r"|pol|nat|Frau|Herr|habil)\.?(?:-\w+\.?)*",
    re.IGNORECASE,
)
_HOUSE_WORDS = """
stadt gemeinde kreis landkreis kreisstadt ministerium verein stiftung ggmbh gmbh ev universitat
hochschule institut amt netzwerk forum agentur freiwilligenagentur landtag bezirksregierung caritas
diakonie awo drk land bund verband landesverband buro fachbereich abteilung stabsstelle
city council university foundation ministry agency head office
"""
_HOUSES = frozenset(_HOUSE_WORDS.split())
# A programme says "Bürgermeisterin Anna Beispiel": with a name behind it, an office is a title.
_OFFICE_WORDS = """
leiter geschaftsfuhrer burgermeister oberburgermeister minister ministerprasident landrat
staatssekretar dezernent prasident beigeordneter vorsitzender
leiterin geschaftsfuhrerin burgermeisterin oberburgermeisterin ministerin ministerprasidentin
landratin staatssekretarin dezernentin prasidentin beigeordnete vorsitzende
mayor director
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
_PARENTHESES = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_MARKS = re.compile(r"[,;\n/()\[\]]")
_AND = re.compile(r"\s+(?:und|and|&|u\.|sowie)\s+")
_DASH = re.compile(r"\s+[–—-]\s+")
_LABEL = re.compile(r"(?P<label>[^:()\d]{2,40}?)\s*:\s*(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True)
class Pasted:
    """Somebody named in a cell; a name of None is somebody who is still to be found."""

    name: str | None
    role: str
    affiliation: str = ""


def read_people(text: str, role: str) -> tuple[list[Pasted], list[Remark]]:
    """Return who takes part and what is to be asked; `role` is what they do unless it is said."""
    if len(text) > LONGEST_CELL:
        return [], [remark(Doubt.TOO_LONG, text=shortened(text, LONGEST_SHOWN), most=LONGEST_CELL)]
    reader = _Reader(role)
    for part, mark in _parts(text):
        reader.read(part, after=mark)
    return reader.people, reader.remarks


def role_of(words: str) -> str | None:
    """Return the role that words name; "" for a mere "with"; None if they name none."""
    folded = fold_for_order(re.sub(r"[*:/_(].*$", "", words)).strip(" .")
    if folded in _SHORT_ROLES:
        return _SHORT_ROLES[folded]
    found = (role for stem, role in _ROLE_STEMS.items() if role and folded.startswith(stem))
    return next(found, "" if folded in {"mit", "with"} else None)


def names_people(label: str) -> bool:
    """Return whether a label is about people only: "Impuls: …" may go on with a title."""
    folded = fold_for_order(label)
    return bool(role_of(label)) and not folded.startswith(_ALSO_TITLES)


def looks_like_people(text: str) -> bool:
    """Return whether a cell is sure to name people: by a title, a role, or nobody's name."""
    if any(_is_unnamed(part) for part, _mark in _parts(text)):
        return True
    labelled = _LABEL.fullmatch(text)
    if labelled and names_people(labelled["label"]) and " " in labelled["rest"].strip():
        return True
    head = next(iter(text.split()), "")
    is_titled = bool(_TITLES.fullmatch(head)) and len(text.split()) > 1
    return is_titled or (len(list(_parts(text))) > 1 and looks_like_names(text))


def looks_like_names(text: str) -> bool:
    """Return whether everything in a cell could be a name, as "Loring Sittler" could."""
    names = [_bare(part) for part, _mark in _parts(text)]
    return bool(names) and all(_is_name(each) and len(each.split()) > 1 for each in names)


class _Reader:
    """Reads the parts of a cell one after the other: a role holds until another is named."""

    def __init__(self, role: str) -> None:
        self.people: list[Pasted] = []
        self.remarks: list[Remark] = []
        self._role = role
        self._named_role = False  # said by a label within the cell

    def read(self, part: str, *, after: str) -> None:
        part = self._without_label(part, after=after)
        if not part:
            return
        words, inner = _split_off(part)
        affiliation, role = self._read_inner(inner)
        if len(affiliation) > LONGEST_AFFILIATION:
            shown = shortened(affiliation, LONGEST_SHOWN)
            self._ask(Doubt.TOO_LONG, text=shown, most=LONGEST_AFFILIATION)
        if _is_unnamed(words):
            self.people.append(Pasted(None, role, affiliation or _NOBODY.sub("", words).strip()))
        elif _is_name(words) or _is_one_word(words):
            self._add_names(words, role, affiliation)
        else:
            self._read_other(words, role)

    def _without_label(self, part: str, *, after: str) -> str:
        labelled = _LABEL.fullmatch(part)
        if labelled is not None:
            role = role_of(labelled["label"])
            if role is None:
                self._ask(Doubt.UNKNOWN_ROLE, role=labelled["label"], text=part)
                return labelled["rest"].strip()
            self._role, self._named_role = role or self._role, bool(role)
            return labelled["rest"].strip()
        head, _space, rest = part.partition(" ")
        role = role_of(head)
        if rest and role is not None and _is_name(_bare(rest)):
            self._role, self._named_role = role or self._role, bool(role)
            return rest.strip()
        if self._named_role and after in {";", "\n"}:
            self._ask(Doubt.ROLE_CARRIED, name=_bare(part), role=self._role)
        return part.strip()

    def _read_inner(self, inner: str) -> tuple[str, str]:
        """Part what stands in parentheses into where somebody comes from and what they do."""
        others, role = [], self._role
        for each in filter(None, (part.strip() for part in re.split("[,;]", inner))):
            said = role_of(each)
            if said:
                role = said
            else:
                others.append(each)
        return ", ".join(others), role

    def _add_names(self, words: str, role: str, affiliation: str) -> None:
        names = _AND.split(words)
        if len(names) > 1 and not all(map(_is_name, names)):
            self._ask(Doubt.NOT_A_NAME, text=words)
            return
        for name in names:
            if len(name) > LONGEST_NAME:
                self._ask(Doubt.TOO_LONG, text=name, most=LONGEST_NAME)
            elif len(name.split()) == 1 or _is_short_behind_office(name):
                self._ask(Doubt.NAME_OF_ONE_WORD, name=name)
            self.people.append(Pasted(name, role, affiliation))

    def _read_other(self, words: str, role: str) -> None:
        """What is no name may say where the one before comes from."""
        if len(words) > LONGEST_NAME or "@" in words or any(char.isdigit() for char in words):
            self._ask(Doubt.NOT_A_NAME, text=words)
        elif not self.people:
            self._ask(Doubt.AFFILIATION_GUESSED, affiliation=words, name="")
            self.people.append(Pasted(None, role, words))
        elif self.people[-1].affiliation:
            self._ask(Doubt.NOT_A_NAME, text=words)
        else:
            before = self.people[-1]
            self._ask(Doubt.AFFILIATION_GUESSED, affiliation=words, name=before.name or UNNAMED)
            self.people[-1] = replace(before, affiliation=words)

    def _ask(self, doubt: Doubt, **facts: str | int) -> None:
        self.remarks.append(remark(doubt, **facts))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield what the separators part, each with the separator before it."""
    place, before = 0, ""
    for at in _outside(text):
        yield text[place:at].strip(), before
        place, before = at + 1, text[at]
    if text[place:].strip():
        yield text[place:].strip(), before


def _outside(text: str) -> Iterator[int]:
    """Yield where separators stand outside parentheses: none closes before another opens."""
    waiting: list[int] = []
    for found in _MARKS.finditer(text):
        if found[0] not in "()[]":
            waiting.append(found.start())
            continue
        if found[0] in "([":
            yield from waiting
        waiting.clear()
    yield from waiting


def _split_off(part: str) -> tuple[str, str]:
    """Return the name of a part, and what stands behind it in parentheses or after a dash."""
    found = _PARENTHESES.search(part)
    if found:
        return part[: found.start()].strip(), found[1]
    name, *rest = _DASH.split(part, maxsplit=1)
    return (name.strip(), rest[0].strip()) if rest else (part.strip(), "")


def _bare(part: str) -> str:
    return _split_off(part)[0]


def _is_unnamed(words: str) -> bool:
    return bool(_NOBODY.search(_bare(words)))


def _untitled(words: str) -> list[str]:
    return [word for word in words.split() if not _TITLES.fullmatch(word)]


def _is_name(words: str) -> bool:
    """Return whether words could be somebody's name: a few, with capitals, and no house."""
    parts = words.split()
    bare = _untitled(words)
    if not bare or len(bare) > MOST_WORDS or _is_house(words):
        return False
    if any(char.isdigit() or char in '@&!?„“"' for char in words):
        return False
    if words.casefold().split()[0] in _PARTICLES and len(parts) == 1:
        return False
    return all(word[0].isupper() or word.casefold() in _PARTICLES for word in bare) and (
        len(bare) > 1 or len(parts) > len(bare)
    )


def _is_one_word(words: str) -> bool:
    """Return whether a single word could be somebody's: no address, number or house."""
    return words.replace("-", "").isalpha() and words[0].isupper() and not _is_house(words)


def _is_house(words: str) -> bool:
    """Return whether words name an organisation, or an office of nobody: MFKJKS, Leiterin."""
    folded = [fold_for_order(word).strip(".") for word in words.split()]
    capitals = any(len(word) > SURE_WORDS and word.isupper() for word in words.split())
    offices = [word in _OFFICES for word in folded]
    is_title = len(offices) > 1 and offices[0] and not any(offices[1:])
    return capitals or any(word in _HOUSES for word in folded) or (any(offices) and not is_title)


def _is_short_behind_office(name: str) -> bool:
    """Return whether one word follows an office: "Bürgermeister Müller", "Leiter Soziales"."""
    office, *rest = name.split()
    return len(rest) == 1 and fold_for_order(office) in _OFFICES
