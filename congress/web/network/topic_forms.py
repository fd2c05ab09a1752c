"""The forms of topics: a round, a topic, and a ballot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congress.domain.network.topics import (
    FORMATS,
    LONGEST_NEED,
    LONGEST_TITLE,
    MOST_POINTS,
    RoundPlan,
    TopicFacts,
)
from congress.domain.programme import ItemKind
from congress.web.entries import LARGEST_ID, TICKED, Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of

LONGEST_CHOICE = 64
Errors = list[tuple[str | None, str]]


@dataclass
class Form:
    """Entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str = ""

    @property
    def errors(self) -> Errors:
        return [error for entry in self.entries.values() for error in told(entry)]

    def take_version(self, posted: Mapping[str, str]) -> None:
        """Take over which version the form was opened with."""
        self.version = posted.get("version", "")[:16]


def round_form(plan: RoundPlan | None) -> Form:
    """Return the form of a round: empty, or with its days."""
    days = [plan.proposals_until, plan.votes_from, plan.votes_until] if plan else [None, None, None]
    labels = (_("Last day for proposals"), _("First day to vote"), _("Last day to vote"))
    names = ("proposals_until", "votes_from", "votes_until")
    entries = {
        name: Entry(name, label, _typed(day), required=True)
        for name, label, day in zip(names, labels, days, strict=True)
    }
    entries["points"] = Entry(
        "points", _("Points of each municipality"), str(plan.points if plan else 1), required=True
    )
    shows = TICKED if plan and plan.shows_results else ""
    entries["shows_results"] = Entry(
        "shows_results", _("Municipalities see how the vote stands while it is open."), shows
    )
    return Form(entries, plan.version if plan else "")


def read_round(form: Form, posted: Mapping[str, str], meets_on: date) -> RoundPlan | None:
    """Take over what was typed of a round; nothing where it cannot be used."""
    form.take_version(posted)
    given = form.entries
    names = ("proposals_until", "votes_from", "votes_until")
    days = [_day(given[name], posted) for name in names]
    read_line(given["points"], posted.get("points", ""), most=LONGEST_CHOICE)
    points = read_number(given["points"].value, most=MOST_POINTS)
    if not points:
        given["points"].errors.append(
            _("Please enter a number in figures, from 1 to %(most)d.", most=MOST_POINTS)
        )
    given["shows_results"].value = TICKED if posted.get("shows_results") else ""
    first, second, third = days
    if first and second and second <= first:
        given["votes_from"].errors.append(
            _("The vote begins after the last day for proposals. Please enter a later day.")
        )
    if second and third and third < second:
        given["votes_until"].errors.append(
            _("The last day lies before the first one. Please enter a later day.")
        )
    if third and third > meets_on:
        given["votes_until"].errors.append(
            _("The vote ends before the meeting. Please enter an earlier day.")
        )
    if form.errors or not (first and second and third and points):
        return None
    return RoundPlan(first, second, third, points, bool(given["shows_results"].value))


def topic_form(facts: TopicFacts | None = None) -> Form:
    """Return the form of a topic: empty, or with what is said of it."""
    shown = facts or TopicFacts("", "", ItemKind.PEER_EXCHANGE)
    entries = {
        "title": Entry("title", _("Topic"), shown.title, required=True),
        "need": Entry("need", _("What we need"), shown.need, required=True),
        "kind": Entry("kind", _("Format"), shown.kind, required=True),
        "contributes": Entry(
            "contributes",
            _("Our municipality would contribute something of its own."),
            TICKED if shown.contributes else "",
        ),
    }
    return Form(entries, facts.version if facts else "")


def read_topic(form: Form, posted: Mapping[str, str]) -> TopicFacts | None:
    """Take over what was typed of a topic; nothing where it cannot be used."""
    form.take_version(posted)
    given = form.entries
    missing = _("Please enter what the topic is called.")
    read_line(given["title"], posted.get("title", ""), most=LONGEST_TITLE, missing=missing)
    read_text(given["need"], posted.get("need", ""), most=LONGEST_NEED)
    if not given["need"].value and not given["need"].errors:
        given["need"].errors.append(_("Please say in a sentence or two what you need."))
    kind = read_format(given["kind"], posted)
    given["contributes"].value = TICKED if posted.get("contributes") else ""
    if form.errors or kind is None:
        return None
    said = given["title"].value, given["need"].value
    return TopicFacts(*said, kind, bool(given["contributes"].value))


@dataclass
class Ballot:
    """The points as typed, by topic, and the mark of the ballot the form was opened with."""

    points: dict[int, int]
    seen: str
    is_readable: bool = True  # every entry is a number


def read_ballot(posted: Mapping[str, str], topics: Sequence[int], most: int) -> Ballot:
    """Take over a vote: one topic that is chosen, or points for each."""
    seen = posted.get("seen", "")[:16]
    if most == 1:
        chosen = read_number(posted.get("vote", ""), most=LARGEST_ID) or 0
        return Ballot({chosen: 1} if chosen else {}, seen)
    typed = dict(_points(posted, topics))
    given = {topic: many for topic, many in typed.items() if many}
    return Ballot(given, seen, is_readable=None not in typed.values())


def _points(posted: Mapping[str, str], topics: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    for topic in topics:
        yield topic, read_number(posted.get(f"points-{topic}", "") or "0", most=MOST_POINTS)


def read_format(entry: Entry, posted: Mapping[str, str]) -> ItemKind | None:
    """Take over the format that was chosen."""
    entry.value = posted.get("kind", "")[:LONGEST_CHOICE]
    kind = member(ItemKind, entry.value)
    if kind not in FORMATS:
        entry.errors.append(_("Please choose one of these."))
        return None
    return kind


def _day(entry: Entry, posted: Mapping[str, str]) -> date | None:
    missing = _("Please enter a day, for example 21.10.2026.")
    read_line(entry, posted.get(entry.name, ""), most=LONGEST_CHOICE, missing=missing)
    return day_of(entry) if entry.value else None


def _typed(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
