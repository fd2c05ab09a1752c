"""Info mails: what organisers write to an audience, when it goes out, and whom it leaves out."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.kinds import PersonKind
from congress.domain.mails import placeholders
from congress.domain.mails.readers import Reader, Recipients
from congress.domain.modes import Mode
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts, language_of

MOST_FILES, LONGEST_NAME = 5, 120  # characters of a name
LARGEST_FILE, LARGEST_TOGETHER = 5_000_000, 8_000_000  # bytes; relays refuse mails above 10 MB
FILES_KEPT = timedelta(days=30)  # after the last mail: as long as its copy (REL-16)


class MailingState(StrEnum):
    """Where an info mail stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"  # letters are being written
    PAUSED = "paused"
    SENT = "sent"  # every letter is written
    STOPPED = "stopped"


OFF = frozenset({CongressState.DRAFT, CongressState.CANCELLED})  # nobody is written to
CALLED_OFF = "CalledOff"  # why one was paused that had begun
EDITABLE = frozenset({MailingState.DRAFT, MailingState.SCHEDULED})


# What of an audience says whom somebody looked for, or compares with who had an earlier one.
ABOUT_PEOPLE = (
    *("search", "organisation", "answer_to", "answer", "only_new"),
    *("is_silent", "silent_id"),  # who has said what they wish for is forgotten as well
)
AUDIENCE_FORGOTTEN = "AudienceForgotten"  # why one is not scheduled any more


class To(StrEnum):
    """Among whom the readers are looked for."""

    ATTENDEES = "attendees"
    PROGRAMME = "programme"  # people of the programme
    NEWSLETTER = "newsletter"  # who has confirmed that they want it
    CONTACTS = "contacts"  # who speaks for organisations of the network
    COHORT = "cohort"  # who has a place in a training
    NETWORK_NEWSLETTER = "network_newsletter"


OF_NETWORK = (To.CONTACTS, To.COHORT, To.NETWORK_NEWSLETTER)
OF_READERS_WITHOUT_NAMES = (To.NEWSLETTER, To.NETWORK_NEWSLETTER)


class CalendarSaid(StrEnum):
    """What somebody's calendar answered to an invitation, about any day."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    NOTHING = "nothing"


class WrongState(Refused):
    """What is asked for cannot be done with an info mail that stands where it does."""


class MailingUnseen(Refused):
    """The text or the readers are others than those that were looked at."""


class MailingEditedMeanwhile(Refused):
    """Somebody else saved it after this form was opened."""


class TimeHasPassed(Refused):
    """Nothing can be sent in the past."""


class CongressIsOff(Refused):
    """Nobody is written to about a draft, or about what was called off."""


class NobodyToReach(Refused):
    """No mail would reach anybody."""


@dataclass(eq=False)
class UnknownPlaceholders(Refused):
    """What stands in braces and for nothing."""

    names: tuple[str, ...]


class FileTooLarge(Refused):
    """An attachment alone, or all of them together, is more than relays take."""


class TooManyFiles(Refused):
    """An info mail has as many attachments as it may have."""


class WrongKindOfFile(Refused):
    """An attachment that is no document or picture that everybody can open."""


class NoFile(Refused):
    """Nothing was chosen."""


@dataclass(frozen=True)
class Audience:
    """Whom an info mail is for; what is None or empty does not matter.

    `organisation` is a whole name in any spelling, `priority` that of a group. `answer` is looked
    for in the field named `answer_to`; `consent` is the purpose of one, given or
    (`without_consent`) not. `is_silent` asks for those who have said nothing of a choice that takes
    wishes: of that in which the workshop `silent_id` is, else of any. `only_new` leaves out who got
    the info mail that this one was copied from. Of what is `is_forgotten`, words that named people
    are not stored any more: it is for nobody until somebody chooses anew. `roles`, `standings` (in
    the network), `districts` and `regions` narrow who speaks for organisations: one of each that is
    not empty has to hold.
    """

    to: To = To.ATTENDEES
    search: str = ""
    organisation: str = ""
    state: RegistrationState | None = None
    workshop_id: int | None = None
    waiting_for_id: int | None = None
    has_come: bool | None = None
    was_in_id: int | None = None
    missed_id: int | None = None  # had a place and did not come
    answer_to: str = ""
    answer: str = ""
    consent: str = ""
    without_consent: bool | None = None
    calendar: CalendarSaid | None = None
    kind: PersonKind | None = None
    mode: Mode | None = None
    priority: str = ""
    is_silent: bool = False
    silent_id: int | None = None
    role: str = ""
    answered: str = ""  # requested, confirmed or declined
    only_new: bool = False
    is_forgotten: bool = False
    roles: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    cohort_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what a row keeps."""
        kept = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value not in {None, "", ()}
        }
        for name in ("is_forgotten", "is_silent"):
            if not kept[name]:
                del kept[name]
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Audience":
        """Return what a row kept."""
        state, said = kept.get("state"), kept.get("calendar")
        kind, mode = kept.get("kind"), kept.get("mode")
        several = {name: tuple(each) for name, each in kept.items() if isinstance(each, list)}
        return cls(
            **{
                **kept,
                **several,
                "to": To(kept.get("to", To.ATTENDEES)),
                "state": RegistrationState(state) if state else None,
                "calendar": CalendarSaid(said) if said else None,
                "kind": PersonKind(kind) if kind else None,
                "mode": Mode(mode) if mode else None,
            }
        )


def without_people(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row keeps of an audience once nobody is to be found in it any more.

    Without the words that left others out it must not go to everybody, nor must a copy of it.
    """
    left = {name: value for name, value in kept.items() if name not in ABOUT_PEOPLE}
    if any(kept.get(name) for name in ABOUT_PEOPLE):
        left["is_forgotten"] = True
    return left


# By what stands for it in a German and in an English text.
NAMES_OF_VALUES: Mapping[str, tuple[str, str]] = {
    "given_name": ("Vorname", "given name"),
    "family_name": ("Nachname", "family name"),
    "name": ("Name", "name"),
    "event": ("Titel", "title"),
    "dates": ("Termin", "dates"),
    "place": ("Ort", "place"),
    "deadline": ("Anmeldeschluss", "deadline"),
    "workshops": ("Workshops", "workshops"),
    "page": ("Link", "link"),
}
OF_ATTENDEES_ALONE = ("workshops",)
OF_CONGRESSES = ("event", "dates", "place", "deadline", "page")
OF_PEOPLE_WITH_NAMES = ("given_name", "family_name", "name")
NAMES_OF_BLOCKS = NAMES_OF_VALUES["workshops"]  # which stand in a paragraph of their own
NOT_IN_SUBJECTS = ("workshops", "page")


def known(to: To, *, in_subject: bool = False) -> dict[str, str]:
    """Return which placeholders stand for what, by their names in both languages."""
    of_others: tuple[str, ...] = () if to is To.ATTENDEES else OF_ATTENDEES_ALONE
    if to in OF_READERS_WITHOUT_NAMES:
        of_others = (*of_others, *OF_PEOPLE_WITH_NAMES)
    if to in OF_NETWORK:
        of_others = (*of_others, *OF_CONGRESSES)
    left_out = {*of_others, *(NOT_IN_SUBJECTS if in_subject else ())}
    return {
        name: value
        for value, names in NAMES_OF_VALUES.items()
        if value not in left_out
        for name in names
    }


def unknown_in(subject: str, text: str, to: To) -> tuple[str, ...]:
    """Return the placeholders that stand for nothing where they are."""
    wrong = placeholders.unknown(subject, known(to, in_subject=True))
    return tuple(dict.fromkeys((*wrong, *placeholders.unknown(text, known(to)))))


def mentions(text: str, value: str) -> bool:
    """Return whether a text has the placeholder of a value, in either language."""
    return not set(NAMES_OF_VALUES[value]).isdisjoint(placeholders.names_in(text))


def tells_link(text: Texts, links: Iterable[str], audience: Audience, *, is_hybrid: bool) -> bool:
    """Return whether a text has a link to take part online and goes to others than may know it.

    Those are who has a place, where it is hybrid online; and whoever is in the programme.
    """
    is_named = any(link in words for link in links if link for words in text.values())
    has_place = audience.state is RegistrationState.CONFIRMED
    is_for_them = has_place and (audience.mode is Mode.ONLINE or not is_hybrid)
    may_know = is_for_them if audience.to is To.ATTENDEES else audience.to is To.PROGRAMME
    return is_named and not may_know


def language_for(text: Texts, reader: Reader) -> str:
    """Return the language of a whole letter: that of the text which its reader gets."""
    return language_of(text, reader.language)


def mark_of(subject: Texts, text: Texts, files: Sequence[int], found: Recipients) -> str:
    """Return what tells this text to these people from any other."""
    said = [dict(subject), dict(text), list(files), sorted(each.id for each in found.reached)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def require_on(state: CongressState | None) -> None:
    """Refuse to write to anybody about a draft, or about what was called off.

    The network is always on: there is no state.
    """
    if state in OFF:
        raise CongressIsOff


def require_sendable(
    state: CongressState | None, subject: Texts, text: Texts, to: To, found: Recipients
) -> None:
    """Refuse what nobody may send, what would say braces to people, and what reaches nobody."""
    require_on(state)
    wrong = tuple(
        name
        for language in text
        for name in unknown_in(subject.get(language, ""), text[language], to)
    )
    if wrong:
        raise UnknownPlaceholders(tuple(dict.fromkeys(wrong)))
    if not found.reached:
        raise NobodyToReach


def require_later(scheduled_at: datetime, now: datetime) -> None:
    """Refuse a moment that has passed."""
    if scheduled_at <= now:
        raise TimeHasPassed


def file_type(name: str, content: bytes) -> str:
    """Return the media type that the bytes of an attachment show; raises WrongKindOfFile.

    What Office and OpenDocument programs write are archives: their names tell them apart, and one
    that holds macros has another name.
    """
    if not content:
        raise NoFile
    ending = name.rpartition(".")[2].lower()
    for start, endings in _STARTS:
        if content.startswith(start) and ending in endings:
            return endings[ending]
    raise WrongKindOfFile


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_STARTS: tuple[tuple[bytes, Mapping[str, str]], ...] = (
    (b"%PDF-", {"pdf": "application/pdf"}),
    (b"\x89PNG\r\n\x1a\n", {"png": "image/png"}),
    (b"\xff\xd8\xff", {"jpg": "image/jpeg", "jpeg": "image/jpeg"}),
    (
        b"PK\x03\x04",
        {
            "docx": f"{_OFFICE}wordprocessingml.document",
            "xlsx": f"{_OFFICE}spreadsheetml.sheet",
            "pptx": f"{_OFFICE}presentationml.presentation",
            "odt": f"{_OPEN}text",
            "ods": f"{_OPEN}spreadsheet",
            "odp": f"{_OPEN}presentation",
        },
    ),
)


def require_room(sizes: Sequence[int], more: int) -> None:
    """Refuse an attachment of so many bytes beside those that are there."""
    if len(sizes) >= MOST_FILES:
        raise TooManyFiles
    if more > LARGEST_FILE or sum(sizes) + more > LARGEST_TOGETHER:
        raise FileTooLarge
