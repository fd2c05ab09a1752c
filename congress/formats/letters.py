"""The words of a mail: from facts to subject, plain text and HTML, with plain Jinja2 and Babel.

One template per kind says what is said; the frame it extends decides whether that becomes subject
and text, or the HTML, so that the three never say different things. What people typed is
a value, never a template, and never formatted twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from congress.domain.mails import (
    congress_news,
    news,
    online_news,
    placeholders,
    returning,
    wishing,
)
from congress.domain.mails.messages import CongressFacts, ContentFacts
from congress.domain.mails.overlaps import beside, overlaps
from congress.domain.mails.templates import PARTS, SUBJECT, Template
from congress.domain.texts import in_one_line
from congress.domain.times.time_slots import TimeSlot
from congress.formats import info_mail, own_words
from congress.formats.catalogue import catalogue, sentences
from congress.formats.dates import Dates
from congress.formats.letter_parts import HtmlParts, Parts, TextParts

FOLDER = Path(__file__).parent.parent.parent / "templates" / "mail"

# Control characters, and those that turn the direction of what follows.
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")

LINED = ("address", "cost")  # of the congress: organisers type them on several lines
END_OF_SUBJECT = "\f"  # in the frame of the text; no text of a mail holds it (`one_line`)
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")

# Days in letters of the network, and what their templates call them.
DAYS = (
    ("starts_on", "starts"),
    ("ends_on", "ends"),
    ("comments_until", "last_day"),
    ("adopted_on", "adopted"),
    ("meets_on", "meets"),
    ("asked_until", "asked"),
)


@dataclass(frozen=True)
class Wording:
    """The words of one mail."""

    subject: str
    text: str
    html: str


def compose(
    kind: str,
    language: str,
    facts: Mapping[str, Any],
    *,
    links: Mapping[str, Any],
    zone: ZoneInfo,
    written_at: datetime,
    template: Template | None = None,
) -> Wording:
    """Put a mail into words; raises what Jinja2 raises where facts and template do not fit.

    `template` is what organisers made of it.

    `zone` is for mails that tell of no congress.
    """
    values = _stated(facts, language) | {"links": links, "language": language}
    if "when" in values:
        values |= values["when"].open_at(written_at)
    if "call" in values:
        values |= _of_call(values["call"], values["when"], written_at)
    if "wishes_until" in values:
        until = datetime.fromisoformat(values["wishes_until"])
        values["wishes_deadline"] = values["when"].dates.deadline(until)
        values["may_wish"] = written_at < until
        values["wants_any"] = wishing.wants_any(values)
    if "lines" in values:
        values["written"] = "\n".join(values["lines"])
        values["placeholders"] = info_mail.values_of(values, values.get("when"), links, language)
    if "expires_at" in values:
        expires_at = datetime.fromisoformat(values["expires_at"])
        values["expires"] = Dates(language, zone).moment(expires_at)
    if "answer_by" in values:
        answer_by = datetime.fromisoformat(values["answer_by"])
        values["last_day"] = values["when"].dates.last_day(answer_by)
    if template is not None:
        values |= _in_own_words(template, values, language)
    name = f"{kind}.jinja"
    in_text, in_html = (_environment(language, is_html=is_html) for is_html in (False, True))
    in_words = in_text.get_template(name).render(values, frame="letter.txt")
    subject, _, text = in_words.partition(END_OF_SUBJECT)
    html = in_html.get_template(name).render(values, frame="letter.html")
    said = _subject(one_line(subject), template, values, language)
    return Wording(said, EMPTY_LINES.sub("\n\n", text).strip() + "\n", html)


def subject(
    kind: str, language: str, facts: Mapping[str, Any], template: Template | None = None
) -> str:
    """Return what the subject of a mail is or will be; raises what `compose` raises."""
    words = _environment(language, is_html=False).get_template(f"{kind}.jinja")
    values = _stated(facts, language)
    usual = one_line(words.render(values, frame="subject.txt"))
    return _subject(usual, template, values, language)


def _subject(
    usual: str, template: Template | None, values: Mapping[str, Any], language: str
) -> str:
    """Return the subject in organisers' words, if they have any for it."""
    if template is None or not template.subject:
        return usual
    more = dict.fromkeys(SUBJECT, usual)
    return one_line(info_mail.line(template.subject, values, values["when"], language, more))


def _in_own_words(template: Template, values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what the frame needs where organisers say in which order a mail says what."""
    if not template.body:
        return {}
    said = set(placeholders.names_in(template.body))
    return {
        "own_body": template.body,
        "says_message": bool(said & set(PARTS["message"])),
        "placeholders": info_mail.values_of(values, values["when"], values["links"], language),
    }


def _with_parts(
    body: str, values: own_words.Values, made: Mapping[str, str], *, is_html: bool
) -> str:
    """Return a mail in organisers' words, with the parts that the program made in their places."""
    blocks = {
        name: own_words.Block(str(part).strip(), Markup(part) if is_html else Markup(""))  # noqa: S704 - made by our templates
        for key, part in made.items()
        for name in PARTS[key]
    }
    return (own_words.in_html if is_html else own_words.in_text)(body, {**values, **blocks})


def _stated(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return facts as templates take them, with what follows from them."""
    values: dict[str, Any] = cleaned(facts)
    if "congress" in values:
        until = values.get("chooses_until")
        values["when"] = Occasion(values["congress"], language, until)
    if "congress" in values and "confirmed" in values:
        values |= _news(values, language)
    if "opens_at" in values:
        values["opens"] = values["when"].dates.moment(datetime.fromisoformat(values["opens_at"]))
    if "entry" in values:
        slot, notes = _in_the_entry(facts["entry"]["content"])
        values |= {"entry_slot": slot, "entry_notes": notes}
    for day, said in DAYS:
        if day in values:
            values[said] = Dates(language, UTC).date(date.fromisoformat(values[day]))
    return values


def _news(letter: Any, language: str) -> dict[str, Any]:  # noqa: ANN401 - facts, cleaned
    """Return what a letter says of before; older facts of workshops lack what is new of them."""
    for item in chain(letter["confirmed"], letter["waiting"], letter.get("choice") or ()):
        item.setdefault("id", None)
        item.setdefault("cancelled", False)
    move, changes = congress_news.of_congress(letter), news.of_workshops(letter)
    returned, link = returning.returned(letter), online_news.of_link(letter)
    booked = chain(letter["confirmed"], letter["waiting"], [each.before for each in changes])
    mode = online_news.of_mode(letter)
    off = {each.now["id"] for each in changes if "off" in each.what}
    lost = {each.now["id"] for each in changes if each.leaves_without}
    instead = wishing.instead(letter, off)
    return {
        "only_workshops": not any("kind" in each for each in booked),
        "own": news.own_change(letter),
        "own_act": news.own_act(letter),
        "move": move,
        "changes": changes,
        "returned": returned,
        "link_news": link,
        "mode_news": mode,
        "online_link": letter.get("online_link", ""),
        "has_news": bool(move or link or mode or changes or returned),
        "off": off,
        "choice": letter.get("choice"),
        "wishes_instead": instead,
        "only_wishes_left": bool(lost) and lost <= instead.keys(),
        "overlaps": overlaps(letter),
        "beside": beside(letter),
        "when_before": Occasion(move.before, language) if move else None,
    }


def _of_call(call: Mapping[str, str], when: "Occasion", written_at: datetime) -> dict[str, Any]:
    """Return until when proposals can be corrected, could before, and whether they still can."""
    closes_at, before = (datetime.fromisoformat(call[name]) for name in ("closes_at", "before"))
    until = {"now": when.dates.deadline(closes_at), "before": when.dates.deadline(before)}
    return {"until": until, "may_correct": written_at < closes_at}


class Occasion:
    """When a congress takes place, in words of one language."""

    def __init__(
        self, congress: CongressFacts, language: str, chooses_until: str | None = None
    ) -> None:
        self.dates = Dates(language, ZoneInfo(congress["timezone"]))
        self.days = [self.slot(day["starts_at"], day["ends_at"]) for day in congress["days"]]
        self.is_long = len(self.days) > 1
        first, last = self.days[0].starts_at, self.days[-1].ends_at
        self.period = self.dates.period(first, last)
        self.is_one_date = self.period == self.dates.date(first)
        self.is_off = congress.get("ended", False)
        self.is_by_invitation = congress.get("by_invitation", False)
        self.closes_at = datetime.fromisoformat(congress["closes_at"])
        self.deadline = self.dates.deadline(self.closes_at)
        self.last_moment = self.dates.last_moment(self.closes_at)
        usual = _moment(congress.get("changes_until")) or self.closes_at
        self.changes_close_at = max(usual, _moment(chooses_until) or usual)
        self.changes_deadline = self.dates.deadline(self.changes_close_at)
        self.begins, self.ends = self.days[0].starts_at, last
        begins = self.begins
        until = _moment(congress.get("withdrawals_until"))
        self.withdrawals_close_at = min(until or begins, begins)
        is_by_day = self.withdrawals_close_at < begins
        self.withdrawals_deadline = self.dates.deadline(until) if until and is_by_day else ""

    def besides(self, other: "Occasion") -> list[TimeSlot]:
        """Return the days that another time of the same event does not have."""
        return [day for day in self.days if day not in other.days]

    def open_at(self, moment: datetime) -> dict[str, bool]:
        """Return what a reader can do when a letter is written: register, change, withdraw, ask.

        And whether the congress is past, so that the letter promises nothing more of it.
        """
        ends = {
            "may_register": self.closes_at,
            "may_change": self.changes_close_at,
            "may_withdraw": self.withdrawals_close_at,
            "may_ask": self.begins,
        }
        can = {name: moment < end and not self.is_off for name, end in ends.items()}
        may_register = can["may_register"] and not self.is_by_invitation
        return can | {"may_register": may_register, "is_past": moment >= self.ends}

    def moment(self, stated: str) -> str:
        """Return a moment of the facts in words."""
        return self.dates.moment(datetime.fromisoformat(stated))

    def slot(self, starts_at: str, ends_at: str) -> TimeSlot:
        """Read two moments of the facts."""
        return TimeSlot(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))


def _moment(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated) if stated else None


def cleaned(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return facts with every text on one line and without invisible characters (SEC-28)."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: cleaned(_joined(key, each)) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    return value


def _joined(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    return in_one_line(value) if name in LINED and isinstance(value, str) else value


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(INVISIBLE.sub(" ", text).split())


def _in_the_entry(content: ContentFacts) -> tuple[TimeSlot | None, list[str]]:
    """Return when a calendar entry is, None for whole days, and the paragraphs of its text."""
    blocks = (block.replace(":\n", ": ") for block in content["description"].split("\n\n"))
    notes = [_ended(one_line(block.replace("\n", ", "))) for block in blocks if block.strip()]
    if "T" not in content["starts"]:
        return None, notes
    starts_at, ends_at = map(datetime.fromisoformat, (content["starts"], content["ends"]))
    return TimeSlot(starts_at, ends_at), notes


def _ended(note: str) -> str:
    """Return a note that ends like a sentence, as another may follow; a link stays whole."""
    is_whole = note.endswith((".", "?", "!")) or "://" in note.rpartition(" ")[2]
    return note if is_whole else f"{note}."


@cache
def _environment(language: str, *, is_html: bool) -> Environment:
    parts: Parts = HtmlParts(language) if is_html else TextParts()
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=is_html,  # noqa: S701 - the other one makes plain text
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        auto_reload=False,  # an update under a running worker must not mix two versions
    )
    words = catalogue(language)
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(paragraphs=parts.paragraphs, points=parts.points, facts=parts.facts)
    environment.filters["in_template"] = partial(_with_parts, is_html=is_html)
    environment.filters["in_own_words"] = own_words.in_html if is_html else own_words.in_text
    environment.globals.update(parts=parts, _=sentences(language, is_html=is_html))
    return environment
