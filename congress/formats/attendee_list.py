"""What the attendee list says, on pages and in files: only here its columns have headings."""

from collections.abc import Mapping, Sequence
from datetime import date

from congress.domain.fields import ANSWERS, FIELDS
from congress.domain.kinds import PersonKind
from congress.domain.own_questions import OwnQuestion
from congress.domain.ranking import Wishes
from congress.domain.registration import RegistrationState
from congress.domain.texts import in_language
from congress.formats.catalogue import catalogue
from congress.formats.field_words import field_words

PLACE = {"de": "{} (Platz {})", "en": "{} (position {})"}
YES, NO = {"de": "ja", "en": "yes"}, {"de": "nein", "en": "no"}
KEPT = {"de": "{} (vorgemerkt)", "en": "{} (on their list)"}
OFFERED = {"de": "{} (angeboten)", "en": "{} (offered)"}
DAY = {"de": "%d.%m.%Y", "en": "%d/%m/%Y"}
CALLED_OFF = {"de": "{} (fällt aus)", "en": "{} (cancelled)"}


def states(language: str) -> dict[RegistrationState, str]:
    """Return what each state is called."""
    _ = catalogue(language).gettext
    words = (
        *(_("Confirmed"), _("Waiting"), _("Not attending")),
        *(_("To be decided"), _("Place offered")),
    )
    return dict(zip(RegistrationState, words, strict=True))


def kinds(language: str) -> dict[PersonKind, str]:
    """Return what people of each kind are called."""
    _ = catalogue(language).gettext
    words = (_("Attendee"), _("Contributor"), _("Guest of honour"), _("Press"), _("Team"))
    return dict(zip(PersonKind, words, strict=True))


def headings(language: str, questions: Sequence[OwnQuestion] = ()) -> dict[str, tuple[str, int]]:
    """Return the heading and width of every column, by name."""
    _ = catalogue(language).gettext
    words = field_words(language)
    return {
        **{each.name: (words[each.name].label, 26 if each in ANSWERS else 32) for each in FIELDS},
        "state": (_("Status"), 14),
        "family_name": (_("Last name"), 20),
        "given_name": (_("First name"), 18),
        "ags": ("AGS", 12),
        "workshop": (_("Workshop"), 40),
        "waiting_for": (_("Waiting list"), 40),
        "question": (_("Question"), 50),
        "wishes": (_("Wishes"), 50),
        "attendee_list": (_("List of attendees"), 20),
        "photos": (_("Photos"), 10),
        "kind": (_("Attending as"), 20),
        "registered_at": (_("Registered on"), 18),
        "language": (_("Language"), 10),
        "came": (_("Was there on"), 14),
        "was_in": (_("Was in"), 40),
        "priority": (_("Priority group"), 20),
        "mode": (_("Takes part"), 12),
        "invitation": (_("By invitation"), 32),
        "note": (_("Internal note"), 50),
        **{each.column: (in_language(each.label, language), 26) for each in questions},
    }


def days_there(days: Sequence[date], language: str) -> str:
    """Return the days on which somebody came, each written as short as in a column."""
    return ", ".join(format(day, DAY[language]) for day in days)


def wished(said: Wishes, names: Mapping[int, str], language: str) -> str:
    """Return what somebody wishes for in one choice, the dearest first, or that they want none."""
    _ = catalogue(language).gettext
    ranked = [names[key] for key in said.ranked if key in names]
    words = [f"{rank}. {name}" for rank, name in enumerate(ranked, start=1)]
    if said.any_other:
        words.append(_("otherwise anything else") if words else _("anything is fine"))
    elif not said.ranked:
        words.append(_("no place wanted"))
    return ", ".join(words)


def invited_as(invitation: str | None, language: str) -> str:
    """Return whom the invitation was for by which somebody came, if they did."""
    return "" if invitation is None else invitation or YES[language]


def numbered(words: str, position: int | None, language: str) -> str:
    """Return words with the position in a queue, if somebody has one."""
    return PLACE[language].format(words, position) if position else words
