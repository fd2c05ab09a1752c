"""The words of a difference: why nothing becomes of a row, and what one can do."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.attendee_import.answering import OptionNotOffered
from congress.domain.attendee_import.comparing import ASKED, NEW, Finding, Kept, Known, Why
from congress.domain.correction import Correction
from congress.domain.errors import Refused
from congress.domain.own_questions import OptionUsedUp
from congress.domain.registration import NoFreePlace, NoPlaceIn
from congress.formats.field_words import field_words
from congress.formats.workbook import Unusable
from congress.web import access, languages, refusals
from congress.web.languages import gettext

LONGEST_NAMES = 200
WORDS: dict[Why | None, LazyString] = {
    Why.TWICE: _("This is the same person as in row %(number)d. Please delete one of the two."),
    Why.SAME_NAME: _("Someone with this name is already registered. Please choose who it is."),
    Why.SAME_ADDRESS: _("Someone else is registered with this address. Please choose who it is."),
    Why.SEVERAL: _("Several people of this name are registered. Please choose who it is."),
    Why.ENDED_THERE: _(
        "The row says that this person is not attending. An import cancels no registration; "
        "please do that on the person’s page."
    ),
    Why.NEVER_HERE: _("The row says that this person is not attending, so no one is registered."),
    Why.UNKNOWN_WORKSHOP: _("There is no workshop “%(names)s”. Please enter its number or title."),
}

UNUSABLE = {
    Unusable.LOCKED: _(
        "This workbook is protected by a password. Please open it in Excel, take the password away "
        "(File, Info, Protect Workbook), save it and send it again."
    ),
    Unusable.OLD: _(
        "This is a workbook of an old or another format. Please open it, save it as an Excel "
        "workbook (.xlsx) and send that file, or copy the rows and paste them here."
    ),
    Unusable.LARGE: _(
        "There is too much in this workbook. Please copy the rows into a new workbook and send "
        "that, or paste them here."
    ),
    Unusable.BROKEN: _(
        "This file is damaged or not a workbook. Please open it in Excel, save it again and send "
        "it, or copy the rows and paste them here."
    ),
    Unusable.EMPTY: _(
        "The first visible sheet of this workbook is empty, and only that one is read. Please move "
        "the sheet with the table to the front, save the workbook and send it again."
    ),
}


@dataclass(frozen=True)
class OpenRow:
    """A row of which nothing becomes yet: what is said of it, and what may be answered."""

    finding: Finding
    sentences: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()
    answer: str = ""

    @property
    def name(self) -> str:
        """The name of its entry in the form."""
        return f"row-{self.finding.row.number}"


def opened(finding: Finding, answer: str = "") -> OpenRow:
    """Return a row that is open or was answered, in words."""
    choices: tuple[tuple[str, str], ...] = ()
    if finding.why in ASKED or answer:
        people = tuple((str(each.id), _is_them(each)) for each in finding.maybe)
        another = (NEW, gettext("someone else: register them"))
        choices = people if finding.why is Why.SEVERAL else (*people, another)
    return OpenRow(finding, tuple(_why(finding)), choices, answer)


def change(correction: Correction) -> tuple[str, str, str]:
    """Return the label of a field, and what it says before and after."""
    label = field_words(languages.current())[correction.field].label
    return label, correction.before or gettext("empty"), correction.after


def kept(finding: Finding) -> str:
    """Return what a row says otherwise and an import does not change."""
    words = {
        Kept.WORKSHOPS: gettext("Workshop"),
        Kept.CONSENTS: gettext("Consent"),
        Kept.LANGUAGE: gettext("Language"),
        Kept.MODE: gettext("On site or online"),
    }
    return ", ".join(words[each] for each in finding.kept)


def _why(finding: Finding) -> list[str]:
    if finding.why is Why.FAULTY:
        return list(finding.row.faults)
    if finding.why is Why.NO_PLACE and finding.refusal is not None:
        return _no_place(finding.refusal)
    names = ", ".join(finding.row.unknown)[:LONGEST_NAMES]
    facts = {"number": finding.twin, "names": names}
    return [str(WORDS[finding.why]) % facts] if finding.why in WORDS else []


def _no_place(refusal: Refused) -> list[str]:
    said = f"{refusals.heading(refusal, access.workspace().zone)}."
    if isinstance(refusal, NoFreePlace | NoPlaceIn):
        return [said, gettext("Allow waiting lists below, or change the row.")]
    if isinstance(refusal, OptionUsedUp | OptionNotOffered):
        return [refusals.reason(refusal)]
    return [said, gettext("Please change the row.")]


def _is_them(person: Known) -> str:
    email = person.details.email or gettext("without email")
    return ", ".join(filter(None, (person.name, person.details.organisation, email)))
