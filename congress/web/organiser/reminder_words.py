"""The words of reminders: what each is called, and whom it goes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.domain.mails.mailings import NAMES_OF_VALUES, To, known
from congress.domain.programme import ProgrammeItem
from congress.domain.reminders import Reminder, Setting, Which
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.organiser import placeholder_words


@dataclass(frozen=True)
class ReminderWords:
    """A reminder in words: its name, to whom, and from what its days are counted."""

    name: str
    to: str
    days: str


def reminders() -> dict[Reminder, ReminderWords]:
    """Return every reminder in words."""
    after = _("Days after the last day of the event")
    return {
        Reminder.ASKED: ReminderWords(
            _("An answer is missing"),
            _("People in the programme whom you have asked by email and who have not answered"),
            _("Days before the registration deadline"),
        ),
        Reminder.INVITED: ReminderWords(
            _("An answer to an invitation is missing"),
            _("People you have sent an invitation to the event and who have not answered"),
            _("Days before the registration deadline"),
        ),
        Reminder.UNCHOSEN: ReminderWords(
            _("Choose again"),
            _("Attendees who lost a place by a cancelled item and have not chosen again"),
            _("Days before the last day for changes"),
        ),
        Reminder.SOON: ReminderWords(
            _("Before the event"),
            _("Everybody who has a place"),
            _("Days before the first day of the event"),
        ),
        Reminder.MODULE: ReminderWords(
            _("Before each further module"),
            _("Everybody who has a place, once for each module after the first"),
            _("Days before the module"),
        ),
        Reminder.CAME: ReminderWords(
            _("Thanks afterwards"), _("Everybody who is recorded as present"), after
        ),
        Reminder.STAYED_AWAY: ReminderWords(
            _("To those who were missing"),
            _("Everybody who had a place and is not recorded as present"),
            after,
        ),
    }


def name(value: str) -> str:
    """Return what a reminder is called, by what is written down of it; one that is no more, too."""
    sort, _dash, number = value.partition("-")
    called = next((said.name for each, said in reminders().items() if each == sort), value)
    return _("%(name)s (another one)", name=called) if number else called


def called(which: Which, setting: Setting, workshops: Sequence[ProgrammeItem]) -> str:
    """Return what a reminder is called, with the workshop whose people it is for."""
    of = next((each for each in workshops if each.id == setting.workshop_id), None)
    if of is None:
        return name(str(which))
    workshop = languages.short_name(of.number, of.face)
    return _("%(name)s, “%(workshop)s”", name=reminders()[which.sort].name, workshop=workshop)


def workshops(items: Sequence[ProgrammeItem]) -> list[tuple[str, str]]:
    """Return the workshops whose people alone a reminder can be for, by their codes."""
    return [(item.code, languages.short_name(item.number, item.face)) for item in items]


def to(reminder: Reminder) -> To:
    """Return among whom a reminder has its readers."""
    is_other = reminder in {Reminder.ASKED, Reminder.INVITED}
    return To.PROGRAMME if is_other else To.ATTENDEES


def placeholders(reminder: Reminder) -> str:
    """Return the placeholders that its words may have, as they are typed."""
    values = known(to(reminder)).values()
    return placeholder_words.braced(NAMES_OF_VALUES[value][0] for value in dict.fromkeys(values))
