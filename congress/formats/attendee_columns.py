"""Which column of somebody's table says what, by its heading in German or English."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from congress.domain.attendee_list import PER_SLOT, WISHES
from congress.domain.folding import fold_for_order
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.own_questions import OwnQuestion
from congress.domain.programme import CAN_BE_BOOKED
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.formats import attendee_list, kind_words
from congress.formats.field_words import field_words

Asked = Mapping[str, Sequence[str]]
LANGUAGES = ("de", "en")
NAME, WORKSHOPS, LANGUAGE, STATE = "name", "workshops", "language", "state"
PRIORITY = "priority"
KIND, MODE = "kind", "mode"
PLACES = "places"  # for whoever is invited
ALSO = {
    "given_name": "Rufname, Given name, Forename, Firstname, Vornamen",
    "family_name": "Familienname, Zuname, Surname, Family name, Lastname, Nachnamen",
    NAME: "Name, Teilnehmer, Teilnehmerin, Teilnehmende, Person, Full name, Attendee, "
    "Vorname Nachname, Vor- und Nachname, Vollständiger Name",
    "email": "E-Mail, Email, Mail, E-Mail-Adresse, Mailadresse, Mail-Adresse, Email address",
    "organisation": "Organization, Institution, Einrichtung, Kommune, Firma, Company, Verein, "
    "Dienststelle, Behörde, Träger",
    "function": "Funktion, Position, Rolle, Amt, Tätigkeit, Job title, Berufsbezeichnung, Role",
    WORKSHOPS: "Workshop, Workshops, WS, Workshop-Nr, Workshopnummer, Workshop-Wunsch",
    LANGUAGE: "Sprache, Language",
    PLACES: "Plätze, Platzzahl, Anzahl, Anzahl Plätze, Places, Number of places",
    STATE: "Status, State",
    PRIORITY: "Vorranggruppe, Priority group, Priorität, Gruppe, Group",
    MODE: "Teilnahme, Teilnahmeform, Teilnahmeweise, Vor Ort oder online, Format, Modus, "
    "Takes part, Attendance, On site or online, Mode",
    KIND: "Teilnahme als, Art, Art der Teilnahme, Gruppe, Personengruppe, Attending as, Kind, Type",
}
YES = frozenset(["ja", "j", "yes", "y", "x", "1", "true", "wahr"])
NO = frozenset(["", "nein", "n", "no", "0", "false", "falsch"])
_LANGUAGES = {"de": "de", "deutsch": "de", "german": "de"}
_LANGUAGES |= {"en": "en", "englisch": "en", "english": "en"}
_PLACE = re.compile(r"\s*\((?:Platz|position) \d+\)\s*$")


def guessed(
    headings: Sequence[str], offered: Sequence[str], asked: Asked = MappingProxyType({})
) -> list[str]:
    """Return what each column says, as far as its heading is known; each field stands once.

    `asked` are the columns of what a congress asks on its own, by their headings (`of_questions`).
    """
    found: list[str] = []
    for heading in headings:
        folded = fold_for_order(heading)
        # Two questions may have the same words: the file names them in the order of the questions.
        named = (_COLUMNS.get(folded, ""), *asked.get(folded, ()), _of_choice(folded))
        is_free = (
            each
            for each in filter(None, named)
            if each in offered and (each == WORKSHOPS or each not in found)
        )
        found.append(next(is_free, ""))
    if NAME in found and "given_name" in found and "family_name" not in found:
        found[found.index(NAME)] = "family_name"  # as in "Name; Vorname"
    return found


def of_questions(questions: Iterable[OwnQuestion]) -> dict[str, tuple[str, ...]]:
    """Return the columns of questions by what may head them: their words, or their keys."""
    found: dict[str, tuple[str, ...]] = {}
    for each in questions:
        for name in {fold_for_order(name) for name in (each.key, *each.label.values())} - {""}:
            found[name] = (*found.get(name, ()), each.column)
    return found


def is_known(heading: str) -> bool:
    """Return whether a cell is the heading of a column, of ours or of anybody's."""
    return bool(heading) and (bool(_column(heading)) or fold_for_order(heading) in _OURS)


def is_ended(cell: str) -> bool:
    """Return whether the state in a file says that somebody does not come."""
    return fold_for_order(_PLACE.sub("", cell)) in _ENDED


def language_of(cell: str) -> str:
    """Return the language that a cell names; none is an empty text."""
    return _LANGUAGES.get(fold_for_order(cell), "")


def kind_of(cell: str) -> PersonKind | None:
    """Return as what somebody comes, as a cell says it; none if it says anything else."""
    return _KINDS.get(fold_for_order(cell))


def mode_of(cell: str) -> Mode | None:
    """Return how somebody takes part, as a cell says it; none if it says anything else."""
    return _MODES.get(fold_for_order(cell))


def said_yes(cell: str) -> bool | None:
    """Return whether a cell says yes or no, and none if it says anything else."""
    said = fold_for_order(cell)
    return True if said in YES else False if said in NO else None


def _column(heading: str) -> str:
    folded = fold_for_order(heading)
    return _COLUMNS.get(folded, "") or _of_choice(folded)


def _of_choice(folded: str) -> str:
    """Return that it names workshops, as ours do where there are several choices.

    "Workshop 21. Oktober, 13.15 Uhr" is such a heading.
    """
    is_one = any(folded.startswith(f"{each} ") for each in _PER_SLOT)
    return WORKSHOPS if is_one or _OF_KIND.fullmatch(folded) else ""


def _columns() -> dict[str, str]:
    found = {
        fold_for_order(words.label): name
        for language in LANGUAGES
        for name, words in field_words(language).items()
    }
    for language in LANGUAGES:
        ours = attendee_list.headings(language)
        found |= {
            fold_for_order(ours[name][0]): name
            for name in (*VOLUNTARY, LANGUAGE, STATE, KIND, MODE)
        }
        found[fold_for_order(ours["waiting_for"][0])] = WORKSHOPS
    for name, words in ALSO.items():
        found |= {fold_for_order(word): name for word in words.split(", ")}
    return found | {fold_for_order(both): NAME for both in ("Nachname, Vorname", "Name, Vorname")}


_COLUMNS = _columns()
_OURS = frozenset(
    fold_for_order(words)
    for language in LANGUAGES
    for words, _width in attendee_list.headings(language).values()
)
_OF_KINDS = "|".join(
    re.escape(fold_for_order(word))
    for language in LANGUAGES
    for word in (
        *sorted(kind_words.kind_name(kind, language) for kind in CAN_BE_BOOKED),
        kind_words.choice_name(language),
    )
)
_OF_KIND = re.compile(rf"(?:{_OF_KINDS}) \d.*")  # a "Tag" alone is anybody's
_KINDS = {
    fold_for_order(words): kind
    for language in LANGUAGES
    for kind, words in attendee_list.kinds(language).items()
} | {
    fold_for_order(word): kind
    for kind, words in {
        PersonKind.ATTENDEE: "Teilnehmer, Teilnehmerin, Teilnehmende, Gast, Besucher, Participant",
        PersonKind.CONTRIBUTOR: "Mitwirkend, Mitwirkende, Mitwirkender, Referent, Referentin, "
        "Speaker, Contributor",
        PersonKind.GUEST: "Ehrengäste, VIP, Guest of honor",
        PersonKind.PRESS: "Medien, Journalist, Journalistin, Media",
        PersonKind.TEAM: "Orga, Organisation, Staff, Helfer, Helferin, Helfende",
    }.items()
    for word in words.split(", ")
}
_MODES = {
    fold_for_order(word): mode
    for mode, words in {
        Mode.ONSITE: "vor Ort, Präsenz, in Präsenz, persönlich, onsite, on site, on-site, "
        "in person, in-person",
        Mode.ONLINE: "online, digital, virtuell, per Video, Video, remote, virtual",
    }.items()
    for word in words.split(", ")
}
_PER_SLOT = [
    fold_for_order(attendee_list.headings(language)[name][0])
    for language in LANGUAGES
    for name in PER_SLOT
    if name not in {"question", WISHES}
]
_ENDED = frozenset(
    fold_for_order(attendee_list.states(language)[RegistrationState.CANCELLED])
    for language in LANGUAGES
) | {"abgemeldet", "abgesagt", "storniert", "cancelled", "canceled"}
