"""What pages of info mails share, be they of a congress or of the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import request

from congress import clock
from congress.domain.mails.mailings import language_for
from congress.domain.mails.readers import Reader, Recipients
from congress.formats.dates import Dates
from congress.formats.letters import Wording
from congress.queries.mailings import WrittenMailing
from congress.services.mails.mailing_houses import MailLetters
from congress.web.entries import Entry, read_id, read_line, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser.readers import clock_of, day_of, moment_of

LONGEST_LINE = 40


@dataclass
class MomentForm:
    """When an info mail is to go out."""

    day: Entry
    clock: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [*told(self.day), *told(self.clock)]


@dataclass(frozen=True)
class Sample:
    """A letter as somebody would get it, and how many get it in its language."""

    language: str
    reader: str
    letter: Wording
    people: int


def moment_form() -> MomentForm:
    """Return an empty form."""
    return MomentForm(
        Entry("day", _("Day"), required=True), Entry("clock", _("Time"), required=True)
    )


def read_moment(form: MomentForm, zone: ZoneInfo) -> datetime | None:
    """Take over what was sent; returns the moment if it is one."""
    read_line(form.day, request.form.get("day", ""), most=LONGEST_LINE)
    read_line(form.clock, request.form.get("clock", ""), most=LONGEST_LINE)
    day, at = day_of(form.day), clock_of(form.clock)
    if day is None or at is None:
        return None
    return moment_of(form.clock, day, at, None, zone)


def when_it_went_out(mailing: WrittenMailing, dates: Dates) -> str:
    """Say it to whoever has another page of it open still; nothing while it is to come."""
    if mailing.started_at is None:
        return ""
    return ngettext(
        "This info mail already went out, on %(moment)s to %(num)d person. Nothing was sent again.",
        "This info mail already went out, on %(moment)s to %(num)d people. Nothing was sent again.",
        mailing.total,
        moment=dates.moment(mailing.started_at),
    )


def is_sent(count: int) -> str:
    """Say that an info mail is on its way to so many."""
    return ngettext(
        "The email to %(num)d person is being sent.",
        "The emails to %(num)d people are being sent.",
        count,
    )


def samples(
    letters: MailLetters, mailing: WrittenMailing, recipients: Recipients
) -> Sequence[Sample]:
    """Return a letter in each language: that of the reader who was chosen, and of the first."""
    chosen = chosen_reader(recipients, request.values.get("reader", ""))
    by_language: dict[str, list[Reader]] = {}
    for reader in recipients.reached:
        by_language.setdefault(language_for(mailing.text, reader), []).append(reader)
    shown = []
    for language, readers in sorted(by_language.items()):
        first = chosen if chosen in readers else readers[0]
        letter = letters.in_words(first, now=clock.now())
        shown.append(Sample(language, first.name or first.email, letter, len(readers)))
    return shown


def chosen_reader(recipients: Recipients, typed: str) -> Reader | None:
    """Return the reader with a number, or the first one."""
    number = read_id(typed)
    wanted = (each for each in recipients.reached if each.id == number)
    return next(wanted, recipients.reached[0] if recipients.reached else None)
