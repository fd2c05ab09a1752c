"""One entry of a form: what was typed, and what is wrong with it in words that help.

What cannot be kept as typed (control characters, marks that turn the direction of writing) is
taken out and said so: the page shows the rest, and sending it again is enough.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from email_validator import EmailNotValidError, validate_email

from congress.domain.names import UNSEEN
from congress.web.languages import gettext as _
from congress.web.languages import labelled, number

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the two angle brackets
LONGEST_NUMBER = 12  # figures; Python refuses to read thousands of them
LARGEST_ID = 2**31 - 1  # a PostgreSQL integer

TICKED = "y"  # what a box sends

UNREADABLE = "\ufffd"  # what decoding puts in place of bytes that are not UTF-8
# Werkzeug leaves such bytes of a form as "%FF".
_QUOTED = re.compile("(?:%[0-9A-F]{2})+")
# C0 and C1 controls, separators of lines, marks of direction, characters XML cannot hold.
_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
_NOT_IN_A_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_MARKS}]")
_NOT_IN_A_TEXT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_MARKS}]")
# Copied along from pages and documents, seen by nobody.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")

# What gets around an address that is copied from a mail or a page.
_BEFORE_AN_ADDRESS = re.compile(r"^(?:[\s<(\[{\"'„“‚«»]|mailto:)+", re.IGNORECASE)
_MARKS_INSIDE = re.compile(r"[\s<>()\[\]{}\",;:]")
_AFTER_AN_ADDRESS = re.compile(r"[\s>)\]}\"'“”‘«».,;:]+$")


@dataclass
class Entry:
    """A field as the form macros want it; the name is also its id."""

    name: str
    label: str
    value: str = ""
    required: bool = False
    errors: list[str] = field(default_factory=list)
    description: str = ""
    is_repaired: bool = False  # taken over, but not quite as typed

    @property
    def id(self) -> str:
        return self.name


def told(entry: Entry) -> list[tuple[str | None, str]]:
    """Return what is wrong with an entry for the summary: where to go, and what to do there."""
    return [(entry.id, labelled(entry.label, sentence)) for sentence in entry.errors]


def read_line(entry: Entry, typed: str, *, most: int, missing: str = "") -> str:
    """Take over what was typed into one line; `missing` is said when a required entry is empty."""
    value = trimmed(_INVISIBLE.sub("", _decoded(typed)))
    clean = _NOT_IN_A_LINE.sub(" ", value)
    _take(entry, " ".join(clean.split()), was_clean=clean == value, most=most)
    if missing and entry.required and not entry.value and not entry.errors:
        entry.errors.append(missing)
    return entry.value


def read_text(entry: Entry, typed: str, *, most: int) -> str:
    """Take over what was typed into several lines."""
    value = trimmed(_INVISIBLE.sub("", _decoded(typed)))
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    clean = _NOT_IN_A_TEXT.sub("", value)
    _take(entry, clean, was_clean=clean == value, most=most, is_text=True)
    return entry.value


def read_number(typed: str, *, most: int) -> int | None:
    """Return a number written in figures; none if it is anything else or above `most`."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number and int(typed) <= most else None


def read_id(typed: str) -> int | None:
    """Return the number of a row that a form or an address names; none if there is no such."""
    return read_number(typed, most=LARGEST_ID)


def read_address(entry: Entry, typed: str, *, is_demo: bool, missing: str = "") -> str:
    """Take over exactly one e-mail address; returns it in the form that mail servers want.

    An address with umlauts before the @ needs SMTPUTF8, which many servers lack; umlauts in the
    domain are written as IDNA (RFC 5890). The demo takes the reserved domain `.test`. What is
    copied along with an address, such as brackets or `mailto:`, is left out and said so. Where none
    is required, none is an empty text.
    """
    missing = missing or _("Please enter an email address, for example name@example.org.")
    address = read_line(entry, typed, most=LONGEST_ADDRESS, missing=missing)
    if not (entry.errors or address or entry.required):
        return ""
    if not entry.errors:
        address = _repaired(entry, address)
    if entry.errors:
        return ""
    fault = _fault_of_address(address)
    if not fault:
        try:
            valid = validate_email(
                address,
                check_deliverability=False,
                allow_smtputf8=False,
                test_environment=is_demo,
            )
        except EmailNotValidError:
            fault = _(
                "This is not a valid email address. Please compare it letter by letter, "
                "for example with name@example.org."
            )
        else:
            return valid.ascii_email or valid.normalized
    entry.errors.append(fault)
    return ""


def trimmed(text: str) -> str:
    """Return a text without what nobody sees at its ends, whichever characters these are."""
    first, end = 0, len(text)
    while first < end and _is_unseen(text[first]):
        first += 1
    while first < end and _is_unseen(text[end - 1]):
        end -= 1
    return text[first:end]


def _repaired(entry: Entry, address: str) -> str:
    """Leave out what stands around an address."""
    bare = _BEFORE_AN_ADDRESS.sub("", address)
    if len(bare) < len(address) and "mailto:" in address.casefold():
        bare, *_subject = bare.split("?")  # as in links that bring the subject along
    bare = _AFTER_AN_ADDRESS.sub("", bare)
    if bare == address or bare.count("@") != 1 or _MARKS_INSIDE.search(bare):
        return address
    entry.value, entry.is_repaired = bare, True
    entry.description = _("We removed what was around the address. Please check it.")
    return bare


def _is_unseen(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] == "Z" or kind in {"Cc", "Cf", "Cs"} or bool(UNSEEN.match(char))


def _fault_of_address(address: str) -> str:
    """Return what is commonly wrong with an address, or an empty text."""
    local, _at, domain = address.rpartition("@")
    fault = ""
    if any(mark in address for mark in '<>"()'):
        fault = _("Please enter only the address, without a name, for example name@example.org.")
    elif address.count("@") > 1 or any(mark in address for mark in ",; "):
        fault = _("Please enter exactly one address, without spaces or commas.")
    elif not local or not domain:
        fault = _(
            "The address is incomplete. It needs a name, an @ and a domain, for "
            "example name@example.org."
        )
    elif "." not in domain.strip("."):
        fault = _("The address is incomplete. The ending is missing, for example “.org”.")
    elif not local.isascii():
        fault = _(
            "Many email systems cannot deliver to addresses with umlauts or other "
            "special letters before the @. Please enter another address."
        )
    return fault


def _decoded(typed: str) -> str:
    """Return what was typed with a mark for every byte that is not UTF-8."""
    return _QUOTED.sub(_marked, typed) if "%" in typed else typed


def _marked(quoted: re.Match[str]) -> str:
    content = unquote_to_bytes(quoted[0])
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode(errors="replace")
    return quoted[0]  # typed like this, as in an address copied from a browser


def _take(entry: Entry, text: str, *, was_clean: bool, most: int, is_text: bool = False) -> None:
    entry.value = unicodedata.normalize("NFC", text)
    if UNREADABLE in text:
        entry.errors.append(
            _("Some characters could not be read and show as “�”. Please type them again.")
        )
    elif not was_clean:
        entry.errors.append(
            _(
                "We removed invisible control characters. Please check the entry and submit the "
                "form again."
            )
            if is_text
            else _(
                "We removed line breaks or invisible control characters. Please check "
                "the entry and submit the form again."
            )
        )
    if len(entry.value) > most:
        entry.errors.append(
            _(
                "Please shorten the entry to at most %(most)s characters; it has %(length)s.",
                most=number(most),
                length=number(len(entry.value)),
            )
        )
