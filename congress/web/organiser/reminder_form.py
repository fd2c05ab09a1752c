"""The form of the reminders: each as typed, one to be added, and those to be removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from congress.domain.mails.mailings import NAMES_OF_BLOCKS, unknown_in
from congress.domain.programme import ProgrammeItem
from congress.domain.reminders import MOST_DAYS, Reminder, Setting, Which
from congress.domain.texts import written
from congress.formats import own_words
from congress.queries.reminders import ReminderStanding
from congress.web.entries import TICKED, Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import placeholder_words, reminder_words
from congress.web.organiser.filters import member

LONGEST_TEXT, LONGEST_NUMBER, LONGEST_CODE = 5_000, 4, 100
LAST_HOUR = 23


@dataclass
class ReminderForm:
    """One reminder as typed."""

    which: Which
    is_on: bool
    days: Entry
    hour: Entry
    workshop: Entry
    text: Entry
    text_en: Entry
    is_closed: bool = False  # it has begun to go out
    is_to_go: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.days, self.hour, self.workshop, self.text, self.text_en)

    def read(self, posted: Mapping[str, str], codes: Mapping[str, int]) -> None:
        """Take over what was sent; `codes` are those of the workshops that can be chosen."""
        if self.is_closed or self.days.name not in posted:  # added after the form was opened
            return
        self.is_on = posted.get(f"on-{self.which}") == TICKED
        self.is_to_go = self.which.is_added and posted.get(f"remove-{self.which}") == TICKED
        for entry, most in ((self.days, MOST_DAYS), (self.hour, LAST_HOUR)):
            typed = read_line(entry, posted.get(entry.name, ""), most=LONGEST_NUMBER)
            if not entry.errors and read_number(typed, most=most) is None:
                entry.errors.append(_("Please enter a number from 0 to %(most)d.", most=most))
        self.workshop.value = posted.get(self.workshop.name, "")[:LONGEST_CODE]
        if self.workshop.value not in {"", *codes}:
            self.workshop.errors.append(_("Please choose one of these."))
        self._read_words(posted)
        if self.is_to_go:  # whatever else is wrong with it
            for entry in self.entries:
                entry.errors.clear()

    def _read_words(self, posted: Mapping[str, str]) -> None:
        to = reminder_words.to(self.which.sort)
        for entry in (self.text, self.text_en):
            read_text(entry, posted.get(entry.name, ""), most=LONGEST_TEXT)
            if wrong := unknown_in("", entry.value, to):
                entry.errors.append(placeholder_words.unknown(wrong))
            if wrong := own_words.misplaced(entry.value, NAMES_OF_BLOCKS):
                entry.errors.append(placeholder_words.within_a_sentence(wrong))
        if self.text_en.value and not self.text.value and not self.text.errors:
            self.text.errors.append(_("Please enter this in German as well."))

    def setting(self, codes: Mapping[str, int]) -> Setting:
        """Return the checked contents."""
        return Setting(
            self.is_on,
            int(self.days.value),
            int(self.hour.value),
            written({"de": self.text.value, "en": self.text_en.value}) or None,
            codes.get(self.workshop.value),
        )


@dataclass
class RemindersForm:
    """Everything on the page, as typed."""

    each: dict[Which, ReminderForm]
    codes: Mapping[str, int]  # of the workshops, by what they are called in addresses
    add: Entry = field(default_factory=lambda: Entry("add", _("Add a reminder")))
    left: list[str] = field(default_factory=list)  # words for what was removed meanwhile

    @classmethod
    def of(
        cls, standings: Mapping[Which, ReminderStanding], workshops: Sequence[ProgrammeItem]
    ) -> "RemindersForm":
        """Show what is stored."""
        names = {item.id: item.code for item in workshops}
        forms = {which: _form(one, names) for which, one in standings.items()}
        return cls(forms, {code: number for number, code in names.items()})

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over a form that was sent."""
        for form in self.each.values():
            form.read(posted, self.codes)
        self.add.value = posted.get("add", "")[:LONGEST_CODE]
        if self.add.value and self.added is None:
            self.add.errors.append(_("Please choose one of these."))
        known = {entry.name for form in self.each.values() for entry in form.entries}
        self.left = [
            words[:LONGEST_TEXT]
            for name, words in posted.items()
            if name.startswith("text-") and name not in known and words.strip()
        ]

    @property
    def added(self) -> Reminder | None:
        return member(Reminder, self.add.value)

    @property
    def to_go(self) -> set[Which]:
        return {which for which, form in self.each.items() if form.is_to_go}

    @property
    def settings(self) -> dict[Which, Setting]:
        """Return the checked contents of all that stay."""
        return {
            which: form.setting(self.codes)
            for which, form in self.each.items()
            if not form.is_closed and not form.is_to_go
        }

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        of_each = [each for form in self.each.values() for each in form.entries]
        return [error for each in (*of_each, self.add) for error in told(each)]


def _form(standing: ReminderStanding, codes: Mapping[int, str]) -> ReminderForm:
    which, setting = standing.which, standing.setting
    text = setting.text or {}
    return ReminderForm(
        which,
        setting.is_on,
        Entry(f"days-{which}", _("Days"), str(setting.days), required=True),
        Entry(f"hour-{which}", _("Hour"), str(setting.hour), required=True),
        Entry(f"workshop-{which}", _("Programme item"), codes.get(setting.workshop_id or 0, "")),
        Entry(f"text-{which}", _("Your own words"), text.get("de", "")),
        Entry(f"text-{which}-en", _("Your own words (English)"), text.get("en", "")),
        is_closed=standing.started_at is not None,
    )
