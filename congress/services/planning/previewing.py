"""What publishing would come to: who would be told what. Nothing here writes.

The rules are those of publishing and telling themselves, on the congress as it would be.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from congress.domain.congresses import Congress, CongressState
from congress.domain.hall import CONGRESS
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.news import News, of_workshops
from congress.domain.mails.reach import NOBODY, Reach
from congress.domain.mails.untold import NOTHING, Untold
from congress.domain.moves import Gain
from congress.domain.overlaps import pairs
from congress.domain.places import PassOn, Resize
from congress.domain.planning import item_plan
from congress.domain.planning.days import DaysChange, mark_of_days
from congress.domain.planning.item_plan import EditedItem
from congress.domain.planning.particulars import Particulars, mark_of_amendment
from congress.domain.planning.release import is_on_calendars, set_of_changes, tells_people
from congress.domain.programme import Face, ProgrammeItem
from congress.domain.standing import Standing
from congress.extensions import db
from congress.formats.catalogue import catalogue
from congress.formats.letters import Wording
from congress.queries import (
    announcements,
    congresses,
    course_applications,
    dead_mailboxes,
    overlapping,
    programme,
)
from congress.queries.planning import scheduling
from congress.queries.registrations import standings
from congress.services.mails import announcing, calendar_entries, drafting, showing
from congress.services.mails.drafting import Row, Written
from congress.services.mails.facts import Letters
from congress.services.mails.overtaking import Overtaken
from congress.services.places import Ledger
from congress.services.planning import following_moves, publishing
from congress.transaction import read_one_state

LOOKED_AT = 20  # people, of whom one letter is shown: not everybody has an address


@dataclass(frozen=True)
class ProposedChange:
    """A change of an item, how many people hear of it, and how many move up by it."""

    item: EditedItem
    told: int = 0
    moving_up: int = 0


@dataclass(frozen=True)
class Preview:
    """What publishing now would come to; `seen` tells these changes from any others."""

    changes: tuple[ProposedChange, ...]
    seen: str
    reach: Reach = NOBODY  # whoever moves up among them
    told: Reach = NOBODY  # the same, when whoever moved up and no mail reaches is named apart
    moving_up: int = 0
    double: tuple[int, ...] = ()  # whose workshops overlap by it; they have to choose
    recipient: str = ""  # whose letter this is
    letter: Wording | None = None


def preview(
    congress_id: int, *, now: datetime, with_names: bool, only: Collection[str] | None = None
) -> Preview:
    """Return the changes of a programme, and how many people publishing them would tell.

    With `only` these are the changes of the items with these codes, and no other is published.

    One of the letters comes along, with a sentence in the place of a personal link; `with_names`
    is whether whoever sees it may know who takes part.
    """
    read_one_state()
    edited = item_plan.only(scheduling.edited_items(congress_id), only)
    changed = [each for each in edited if each.changes]
    seen = set_of_changes(changed)
    heading = congresses.get_heading(congress_id)
    ledger = Ledger(heading, [each.as_published() for each in edited], now=now)
    if not changed or not tells_people(ledger.congress, now):
        return Preview(tuple(map(ProposedChange, changed)), seen)
    keys = ledger.hall.workshops.keys() & {each.id for each in changed}
    decision = ledger.decide(PassOn(frozenset({CONGRESS, *keys})))
    places = {**ledger.hall.places, **decision.places}
    items = [each.as_published(places.get(each.id)) for each in edited]
    was = _as_shown(edited)
    unranked = following_moves.who_ranked(ledger.congress, was, items)
    news = Untold(News(None, _news(changed), unranked=unranked))
    kind = MessageKind.PROGRAMME_CHANGED
    mails, reach = _mails(ledger.congress, kind, news, items, decision.gains, now=now)
    told = Counter(key for named, _ in mails for key in named)
    gains = decision.gains.values()
    return Preview(
        tuple(
            ProposedChange(each, told[each.id], sum(gain.includes(each.id) for gain in gains))
            for each in changed
        ),
        seen,
        **_reach(reach, decision.gains),
        moving_up=len(gains),
        double=overlapping.numbers(pairs(items) - pairs(was)),
        **_one_of([row for _, row in sorted(mails, key=_many_named)], with_names, now=now),
    )


def of_particulars(
    congress_id: int, wanted: Particulars, *, now: datetime, with_names: bool
) -> Preview:
    """Return how many people other particulars of a congress would tell, with one of the letters.

    Its places count as well: with more of them people move up.
    """
    read_one_state()
    heading = congresses.get_heading(congress_id)
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    before = ledger.congress
    after, seen = wanted.applied_to(before), mark_of_amendment(before, wanted)
    if not tells_people(after, now):
        return Preview((), seen)
    ledger.congress, ledger.hall = after, replace(ledger.hall, period=after.period)
    gains = ledger.decide(Resize({CONGRESS: (wanted.capacity, wanted.waiting_list)})).gains
    is_news = publishing.is_news(before, after, now)
    news = Untold(News(before, everybody=True)) if is_news else NOTHING
    kind, items = MessageKind.PROGRAMME_CHANGED, [*ledger.items().values()]
    mails, reach = _mails(after, kind, news, items, gains, now=now)
    return Preview(
        (),
        seen,
        **_reach(reach, gains),
        moving_up=len(gains),
        **_one_of([row for _, row in mails], with_names, now=now),
    )


def of_days(congress_id: int, change: DaysChange, *, now: datetime, with_names: bool) -> Preview:
    """Return how many people other days of a congress would tell, with one of the letters."""
    read_one_state()
    heading = congresses.get_heading(congress_id)
    shown = programme.current_items(heading)
    before = congresses.with_content(heading)
    after = replace(before, days=tuple(day.slot for day in change.after))
    seen = mark_of_days(before.state, change.before, change.after)
    if not tells_people(after, now) or not publishing.is_news(before, after, now):
        return Preview((), seen)
    moved = {each.id: change.moved_face(each.face, before.zone) for each in shown}
    ledger = Ledger(heading, [replace(each, face=moved[each.id]) for each in shown], now=now)
    ledger.congress, ledger.hall = after, replace(ledger.hall, starts_at=after.starts_at)
    decision = ledger.decide(PassOn(frozenset({CONGRESS, *ledger.hall.workshops})))
    places = {**ledger.hall.places, **decision.places}
    items = [
        replace(each, face=moved[each.id], places=places.get(each.id, each.places))
        for each in shown
    ]
    faces = {each.id: each.face for each in shown if is_on_calendars(each.face, moved[each.id])}
    news, kind = Untold(News(before, faces, everybody=True)), MessageKind.PROGRAMME_CHANGED
    mails, reach = _mails(after, kind, news, items, decision.gains, now=now)
    return Preview(
        (),
        seen,
        **_reach(reach, decision.gains),
        moving_up=len(decision.gains),
        **_one_of([row for _, row in mails], with_names, now=now),
    )


@dataclass(frozen=True)
class Reopening:
    """Who hears of an end that is taken back: how many of a place, and who of the rest."""

    moving_up: int = 0
    reach: Reach = NOBODY  # whoever moves up among them
    told: Reach = NOBODY  # the same, when whoever moved up and no mail reaches is named apart
    recipient: str = ""
    letter: Wording | None = None  # one of the letters, with all that changed meanwhile


def reopening(congress_id: int, *, now: datetime, with_names: bool) -> Reopening:
    """Return who moves up, or is told, when a finished or called-off congress is taken up again."""
    read_one_state()
    heading = congresses.get_heading(congress_id)
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    before = ledger.congress
    congress = replace(before, state=CongressState.PUBLISHED)
    ledger.hall = replace(ledger.hall, state=congress.state)
    keys = frozenset({CONGRESS, *ledger.hall.workshops})
    gains = ledger.decide(PassOn(keys)).gains
    if not tells_people(congress, now):
        return Reopening(len(gains), **_reach(NOBODY, gains))
    if before.state is CongressState.CANCELLED:
        kind = MessageKind.HELD_AFTER_ALL
        news = Untold(News(before, everybody=True))
        news = news.after(announcements.when_called_off(congress))
    else:
        kind, news = MessageKind.PROGRAMME_CHANGED, publishing.since_finished(congress, now=now)
    mails, told = _mails(congress, kind, news, [*ledger.items().values()], gains, now=now)
    letter = _one_of([row for _, row in mails], with_names, now=now)
    return Reopening(len(gains), **_reach(told, gains), **letter)


@dataclass(frozen=True)
class CallingOff:
    """What whoever is registered reads when a congress is called off: one of the letters."""

    recipient: str = ""
    letter: Wording | None = None
    applicants: int = 0  # for a course, without a place in it; they get a letter of their own


def calling_off(congress_id: int, *, now: datetime) -> CallingOff:
    """Return one of the letters that calling off would send; who may do it sees the names."""
    read_one_state()
    before = congresses.get_congress(congress_id)
    if not tells_people(before, now):
        return CallingOff()
    kind, after = MessageKind.CONGRESS_CANCELLED, replace(before, state=CongressState.CANCELLED)
    first = announcing.concerned_by(before, News(before, everybody=True)).limit(LOOKED_AT)
    people = [each for each in standings(db.session.scalars(first).all()) if each.has_mailbox]
    told = calendar_entries.revisions(after, people, now=now).told
    letters, overtaken = Letters(after), Overtaken.of([each.id for each in people], hold=False)
    mails = [(each, letters.to(each)) for each in people]
    drafts = drafting.drafts(letters, kind, mails, told, overtaken)
    letter = _one_of([row for rows in drafts for row in rows], with_names=True, now=now)
    return CallingOff(**letter, applicants=len(course_applications.undecided(congress_id)))


def _reach(news: Reach, gains: Mapping[int, Gain]) -> dict[str, Any]:
    """Return whom news and letters about a place reach, with whoever moves up and without."""
    reach = news + (dead_mailboxes.reach_of_some(gains) if gains else NOBODY)
    return {"reach": reach, "told": replace(reach, unreached=news.unreached, dead=news.dead)}


def _mails(
    congress: Congress,
    kind: MessageKind,
    news: Untold,
    items: Sequence[ProgrammeItem],
    gains: Mapping[int, Gain],
    *,
    now: datetime,
) -> tuple[list[tuple[Collection[int], Row]], Reach]:
    """Return the first mail to everybody whom one would reach, with the items that are news in it.

    Whoever moves up hears of that, and of the rest in the same letter.
    """
    if news.is_unknown:
        return [], NOBODY
    new = news.whole
    whom = announcing.concerned_by(congress, new, items)
    concerned = standings(whom, {item.id: item for item in items})
    people = {each.id: _ranking(each, new) for each in concerned if each.id not in gains}
    told = calendar_entries.revisions(congress, [*people.values()], now=now).told
    overtaken = Overtaken.of(people, hold=False)
    choice = drafting.to_choose_from(congress, items, now=now)
    first: list[Row] = []
    written: list[Written] = []
    untold = announcements.with_untold(congress, news, announcements.open_rows(congress.id))
    for theirs, group in untold.among([*people.values()]):
        letters = Letters(congress, theirs.as_of(congress, now), items)
        turned = drafting.Turned.by(theirs, items)
        for of_them, some in drafting.by_kind(kind, group).items():
            mails = drafting.of_news(letters, some, of_them, told, turned)
            found = drafting.drafts(letters, of_them, mails, told, overtaken, choice)
            written.append(Written(letters, of_them, mails, told, found))
            first += [row for row, *_ in found]
    reach = drafting.reach(written)
    gone = set(reach.dead)
    named = [
        (_named(row, people[row["registration_id"]], new.faces), row)
        for row in first
        if row["registration_id"] not in gone
    ]
    return named, reach


def _as_shown(edited: Sequence[EditedItem]) -> list[ProgrammeItem]:
    """Return the programme as it is shown now."""
    return [
        replace(each.as_published(), face=each.released)
        for each in edited
        if each.released is not None
    ]


def _ranking(standing: Standing, news: News) -> Standing:
    """Return somebody without wishes for what is moved away from the others."""
    left = tuple(each for each in standing.wishes if each.item_id not in news.unranked)
    return standing if left == standing.wishes else replace(standing, wishes=left)


def _news(changed: Sequence[EditedItem]) -> dict[int, Face]:
    return {
        each.id: each.released
        for each in changed
        if each.released is not None and is_on_calendars(each.released, each.working)
    }


def _named(row: Row, standing: Standing, keys: Collection[int]) -> Collection[int]:
    """Return which items a mail tells of; a calendar entry alone tells of what is booked."""
    facts = row["facts"]
    changes = of_workshops(facts) if "confirmed" in facts else ()
    booked = {each.item.id for each in standing.bookings} & set(keys)
    returned = {each["id"] for each in facts.get("returned", ())}
    return (returned | {each.now["id"] for each in changes}) & set(keys) or booked


def _many_named(mail: tuple[Collection[int], Row]) -> tuple[bool, int]:
    """Order mails by how much of what changes they show; letters come before calendar entries."""
    named, row = mail
    return "confirmed" not in row["facts"], -len(named)


def _one_of(rows: Sequence[Row], with_names: bool, *, now: datetime) -> dict[str, Any]:  # noqa: FBT001
    """Put the first letter into words."""
    row = next((each for each in rows if "confirmed" in each["facts"]), None)
    if row is None:
        return {}
    _ = catalogue(row["language"]).gettext
    facts = row["facts"]
    if not with_names:
        facts = facts | {"given_name": "", "family_name": _("[name]")}
    words = showing.in_words(
        row["congress_id"], row["kind"], row["language"], facts, own=facts["links"], now=now
    )
    return {"letter": words, "recipient": row["recipient_name"] if with_names else ""}
