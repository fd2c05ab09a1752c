"""What the page of saved views says and asks about links that are mailed in a rhythm."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from congress import clock
from congress.domain.access import Right
from congress.domain.list_mails import HOURS, USUAL_DAY, USUAL_HOUR, ListMail, Rhythm
from congress.formats import rhythm_words
from congress.queries import congresses, list_mails
from congress.web import access, languages
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame

EVERY_DAY = "every"


@dataclass(frozen=True)
class MailedLinks:
    """The links of this account, by view, and what can be chosen for each."""

    until: str  # in words
    known: Mapping[int, ListMail]
    typed: tuple[int, Rhythm] | None = None  # what was chosen and not stored, of which view

    def day(self, view_id: int) -> dict[str, object]:
        """Return the field of the day."""
        weekday = self._rhythm(view_id).weekday
        days = rhythm_words.days(languages.current())
        return {
            "name": "day",
            "id": f"day-{view_id}",
            "label": _("Day"),
            "value": EVERY_DAY if weekday is None else weekday,
            "choices": [
                (EVERY_DAY if number is None else str(number), words)
                for number, words in days.items()
            ],
        }

    def hour(self, view_id: int) -> dict[str, object]:
        """Return the field of the hour."""
        return {
            "name": "hour",
            "id": f"hour-{view_id}",
            "label": _("Time"),
            "value": self._rhythm(view_id).hour,
            "choices": [
                (str(hour), rhythm_words.clock(hour, languages.current())) for hour in HOURS
            ],
        }

    def said(self, view_id: int) -> str:
        """Return how often the link of a view comes and when next; nothing if it does not."""
        if view_id not in self.known:
            return ""
        mail = self.known[view_id]
        rhythm = rhythm_words.in_words(mail.rhythm, languages.current())
        return _("%(rhythm)s, next: %(moment)s") % {
            "rhythm": rhythm,
            "moment": frame.short_moment(mail.next_at),
        }

    def _rhythm(self, view_id: int) -> Rhythm:
        if self.typed is not None and self.typed[0] == view_id:
            return self.typed[1]
        known = self.known.get(view_id)
        return known.rhythm if known else Rhythm(USUAL_DAY, USUAL_HOUR)


def links(typed: tuple[int, Rhythm] | None = None) -> MailedLinks | None:
    """Return what the page says of them; none for whom there are none, or no more."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    if not access.may(Right.EXPORT_ATTENDEES) or congress.is_over(clock.now()):
        return None
    known = list_mails.of_account(workspace.id, access.account().id)
    return MailedLinks(frame.dates().moment(congress.ends_at), known, typed)


def read() -> Rhythm | None:
    """Return the rhythm that was chosen; none if a form says what this page does not offer."""
    day, hour = request.form.get("day", ""), read_id(request.form.get("hour", ""))
    days = {EVERY_DAY: None} | {str(number): number for number in range(7)}
    if day not in days or hour is None or hour not in HOURS:
        return None
    return Rhythm(days[day], hour)
