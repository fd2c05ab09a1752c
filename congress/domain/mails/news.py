"""What a letter calls new: the difference between what somebody knew and what holds now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import StrEnum
from itertools import chain
from typing import Any, cast
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress
from congress.domain.mails.congress_news import of_congress
from congress.domain.mails.kinds import NEWS, MessageKind
from congress.domain.mails.messages import (
    BeforeFacts,
    CorrectionFacts,
    LetterFacts,
    WorkshopFacts,
)
from congress.domain.mails.online_news import of_link, of_mode
from congress.domain.mails.returning import place_at, still_returned
from congress.domain.mails.wishing import ended_by_both
from congress.domain.programme import Face, ProgrammeItem


@dataclass(frozen=True)
class News:
    """What the public saw before of all that is told anew."""

    congress: Congress | None = None  # None: it says what it said
    faces: Mapping[int, Face] = field(default_factory=dict)  # of items, by their numbers
    everybody: bool = False  # or only who has booked one of the items
    # Whose wishes for an item that was moved away from the others mean nothing any more.
    unranked: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows any more what was before, only whom it is for."""
        return self.congress is None and not self.faces

    def turned(self, items: Iterable[ProgrammeItem]) -> frozenset[int]:
        """Return what of a programme is called off that was not, or takes place after all."""
        was_off = {number: face.cancelled for number, face in self.faces.items()}
        return frozenset(
            each.id
            for each in items
            if each.id in was_off and was_off[each.id] != each.face.cancelled
        )

    def after(self, older: "News") -> "News":
        """Return the news for somebody who has not heard the older ones either."""
        return News(
            older.congress or self.congress,
            {**self.faces, **older.faces},
            self.everybody or older.everybody,
            ended_by_both(self.unranked, older.unranked),
        )

    def as_of(self, after: Congress, now: datetime) -> "News":
        """Return the news without a deadline that has passed, whether as it was or as it is."""
        before = self.congress
        if before is None or before.closes_otherwise(after, now):
            return self
        return replace(self, congress=replace(before, period=after.period))


NO_NEWS = News()


class Booked(StrEnum):
    """As what somebody has a workshop; whoever waits for the congress only wishes for it.

    Ranked is what they wish for where the places are given by wishes, unranked what they did.
    """

    PLACE = "place"
    QUEUE = "queue"
    WISH = "wish"
    RANKED = "ranked"
    UNRANKED = "unranked"


# What of a workshop matters to whoever only ranked it.
OF_WISHES = {Booked.RANKED: {"off", "back"}, Booked.UNRANKED: {"off", "time"}}


@dataclass(frozen=True)
class Change:
    """Something that is not as it was, and what of it: the names that letters have words for."""

    before: Mapping[str, Any]
    now: Mapping[str, Any]
    what: tuple[str, ...]
    booked: Booked | None = None  # of workshops
    leaves_without: bool = False  # a place at that time


@dataclass(frozen=True)
class OwnChange:
    """What somebody has, or has no longer, by a change of their own."""

    won: tuple[WorkshopFacts, ...] = ()
    lost: tuple[WorkshopFacts, ...] = ()
    queued: tuple[WorkshopFacts, ...] = ()
    unqueued: tuple[WorkshopFacts, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.won or self.lost or self.queued or self.unqueued)


def own_change(letter: LetterFacts) -> OwnChange:
    """Return what a change of workshops came to; letters that know no before say nothing of it."""
    before = letter.get("before", {})
    if "confirmed" not in before or "waiting" not in before:
        return OwnChange()
    had, waited = before["confirmed"], before["waiting"]
    has, waits = letter["confirmed"], letter["waiting"]
    return OwnChange(
        won=_taking_place(_without(has, had)),
        lost=_taking_place(_without(had, has)),
        queued=_taking_place(_without(waits, waited)),
        unqueued=_taking_place(_without(waited, [*waits, *has])),
    )


def own_act(letter: LetterFacts) -> OwnChange:
    """Return what a change came to but for what followed from moving up."""
    own, came = own_change(letter), letter.get("moved_up", [])
    given_up, ended = letter.get("given_up", []), letter.get("ended", [])
    return OwnChange(
        won=tuple(each for each in own.won if each.get("id") not in came),
        lost=tuple(each for each in own.lost if each.get("id") not in given_up),
        queued=own.queued,
        unqueued=tuple(each for each in own.unqueued if each.get("id") not in ended),
    )


def of_workshops(letter: LetterFacts) -> tuple[Change, ...]:
    """Return what changed of the workshops that somebody has or waits for, in their order.

    One that does not take place is "off", and nothing else of it matters, also where another was
    chosen in its place already; one that does after all is "back". Where the congress has moved,
    a workshop that kept its hour has not. Of what is only ranked little counts (`OF_WISHES`).
    """
    known = {each.get("id"): each for each in letter.get("before", {}).get("workshops", ())}
    moved = of_congress(letter)
    zone = ZoneInfo(letter["congress"]["timezone"])
    hours_only = zone if moved is not None and "day" in moved.what else None
    found = []
    for booked, now in _booked(letter):
        before = known.get(now.get("id"))
        what = _differences(before, now, hours_only) if before is not None else ()
        if booked in OF_WISHES and not OF_WISHES[booked] & {*what}:
            continue
        if before is not None and what:
            is_lost = booked is Booked.PLACE and "off" in what
            leaves_without = is_lost and place_at(before, letter) is None
            found.append(Change(before, now, what, booked, leaves_without))
    return tuple(found)


def called_off(letter: LetterFacts) -> tuple[Change, ...]:
    """Return the workshops in whose place somebody may want another."""
    return tuple(each for each in of_workshops(letter) if "off" in each.what)


def is_of_wishes(letter: LetterFacts) -> bool:
    """Return whether a letter tells of what somebody ranked, and may want to rank anew."""
    return any(each.booked in OF_WISHES for each in of_workshops(letter))


def tells(letter: LetterFacts) -> bool:
    """Return whether a letter knows of anything that is not as it was."""
    own = own_change(letter) or of_mode(letter)
    found = own or of_congress(letter) or of_link(letter) or of_workshops(letter)
    return bool(found or letter.get("returned"))


def overtake(letter: LetterFacts, older: LetterFacts) -> None:
    """Let a letter tell what an older one would have told, which never went out.

    What organisers had a part in is not called one's own change.
    """
    mine, others = letter.get("before", {}), older.get("before", {})
    before: BeforeFacts = {**mine, **others}
    for name in ("confirmed", "waiting"):
        if name in others:
            before[name] = _as_it_was_left(others[name], mine)
    workshops = [*others.get("workshops", ()), *mine.get("workshops", ())]
    if workshops:
        first = {each.get("id"): each for each in reversed(workshops)}
        before["workshops"] = list(first.values())
    if before:
        letter["before"] = before
    if "corrected" in letter:
        letter["corrected"] = _from_the_first(older.get("corrected", []), letter["corrected"])
    _take_in_programme(letter, older)
    if older.get("by_organiser"):
        letter["by_organiser"] = True
    if "moved_up" in older:
        _take_in_places(letter, older)
    if "moved_up" in letter:
        own = own_change(letter)
        came, given_up = letter["moved_up"], letter["given_up"]
        letter["gained"] = [each["title"] for each in own.won if each.get("id") in came]
        letter["lost"] = [each["title"] for each in own.lost if each.get("id") in given_up]


def can_give_way(letter: Mapping[str, Any]) -> bool:
    """Return whether another letter can tell all that this one does; older rows know too little."""
    return "gained" not in letter or "moved_up" in letter


def left_to_tell(
    kind: MessageKind, letter: LetterFacts, overtaken: Collection[str]
) -> MessageKind | None:
    """Return as what a letter goes out that took in others; None when nothing is left to tell.

    An end that was taken back before anybody heard of it is none, nor is one that comes again.
    That a congress takes place after all is the greatest news.
    """
    was_back = kind is MessageKind.CONGRESS_CANCELLED and MessageKind.HELD_AFTER_ALL in overtaken
    is_as_it_was = kind is MessageKind.CORRECTED and overtaken and not letter.get("corrected")
    if was_back or is_as_it_was:
        return None
    if kind is MessageKind.HELD_AFTER_ALL and MessageKind.CONGRESS_CANCELLED in overtaken:
        kind = MessageKind.PROGRAMME_CHANGED
    if kind is MessageKind.REINSTATED and MessageKind.CANCELLED_BY_ORGANISER in overtaken:
        kind = MessageKind.CHANGED
    if kind not in NEWS:
        return kind
    if MessageKind.HELD_AFTER_ALL in overtaken:
        return MessageKind.HELD_AFTER_ALL
    return _greatest_news(kind, letter, is_alone=not overtaken)


def _greatest_news(kind: MessageKind, letter: LetterFacts, *, is_alone: bool) -> MessageKind | None:
    """Return what a letter is about: a place in the congress, one's own act, one in a workshop.

    Only an act is answered also where nothing is new by it.
    """
    by_others = kind is MessageKind.PROGRAMME_CHANGED
    if "before" not in letter:
        return kind
    if letter.get("gained_congress"):
        return MessageKind.PLACE_GAINED
    if by_others and (own_act(letter) or of_mode(letter)):
        return MessageKind.CHANGED
    if by_others and letter.get("gained"):
        return MessageKind.PLACE_GAINED
    if tells(letter) or (is_alone and not by_others):
        return kind
    return None


def _take_in_programme(letter: LetterFacts, older: LetterFacts) -> None:
    """Go on with what takes place after all, and with what was moved away from its wishes."""
    if "returned" in older:
        letter["returned"] = still_returned(older, letter)
    if "unranked" in older:
        told = [*older["unranked"], *letter.get("unranked", ())]
        letter["unranked"] = [*{each.get("id"): each for each in told}.values()]


def _take_in_places(letter: LetterFacts, older: LetterFacts) -> None:
    """Go on with places that somebody moved up to and has not heard of."""
    letter["moved_up"] = [*letter.get("moved_up", ()), *older["moved_up"]]
    letter["given_up"] = [*letter.get("given_up", ()), *older["given_up"]]
    letter["ended"] = [*letter.get("ended", ()), *older.get("ended", ())]
    if older.get("gained_congress") and "position" not in letter:
        letter["gained_congress"] = True
    if older.get("others_wait"):
        letter["others_wait"] = True
    letter.setdefault("gained_congress", False)
    letter.setdefault("others_wait", False)


def _from_the_first(
    older: Sequence[CorrectionFacts], newer: Sequence[CorrectionFacts]
) -> list[CorrectionFacts]:
    """Return what two corrections came to; what is again as it was is none."""
    both = {each["label"]: each for each in older}
    for each in newer:
        first = both.get(each["label"], each)
        both[each["label"]] = {**each, "before": first["before"]}
    return [each for each in both.values() if each["before"] != each["after"]]


def _as_it_was_left(older: Sequence[WorkshopFacts], newer: BeforeFacts) -> list[WorkshopFacts]:
    """Return what somebody had, each as it was when they had it last: it may be called off since.

    Else a letter would say that they gave up what was taken from them.
    """
    later = {each.get("id"): each for each in _own_before(newer)}
    return [later.get(each.get("id"), each) for each in older]


def _booked(letter: LetterFacts) -> Iterable[tuple[Booked, WorkshopFacts]]:
    """Return what somebody has or waits for, and what was called off and is theirs no longer."""
    before, waits = letter.get("before", {}), Booked.WISH if "position" in letter else Booked.QUEUE
    booked = [*letter["confirmed"], *letter["waiting"], *letter.get("returned", ())]
    for place, now, was in (
        (Booked.PLACE, letter["confirmed"], before.get("confirmed", ())),
        (waits, letter["waiting"], before.get("waiting", ())),
    ):
        left = (each for each in _without(was, booked) if each.get("cancelled"))
        yield from ((place, each) for each in chain(now, left))
    known = [*booked, *_own_before(before)]
    for choice in letter.get("wishes", ()):
        ranked = cast("Sequence[WorkshopFacts]", choice["ranked"])
        yield from ((Booked.RANKED, each) for each in _without(ranked, known))
        known += ranked
    yield from ((Booked.UNRANKED, each) for each in _without(letter.get("unranked", ()), known))


def _own_before(before: BeforeFacts) -> list[WorkshopFacts]:
    return [*before.get("confirmed", ()), *before.get("waiting", ())]


def _taking_place(workshops: Iterable[WorkshopFacts]) -> tuple[WorkshopFacts, ...]:
    return tuple(each for each in workshops if not each.get("cancelled"))


def _differences(
    before: WorkshopFacts, now: WorkshopFacts, hours_only: ZoneInfo | None
) -> tuple[str, ...]:
    was_off, is_off = before.get("cancelled", False), now.get("cancelled", False)
    if is_off:
        return () if was_off else ("off",)
    what = ["back"] if was_off else []
    what += [name for name in ("title", "room") if before[name] != now[name]]
    if _times(before, hours_only) != _times(now, hours_only):
        what.append("time")
    if before.get("people", []) != now.get("people", []):
        what.append("people")
    if before.get("online_link") != now.get("online_link"):
        what.append("link")
    return tuple(what)


def _times(workshop: WorkshopFacts, zone: ZoneInfo | None) -> tuple[datetime | time, ...]:
    moments = (datetime.fromisoformat(workshop[name]) for name in ("starts_at", "ends_at"))
    return tuple(each if zone is None else each.astimezone(zone).time() for each in moments)


def _without(
    some: Sequence[WorkshopFacts], others: Sequence[WorkshopFacts]
) -> tuple[WorkshopFacts, ...]:
    known = {each.get("id") for each in others}
    return tuple(each for each in some if each.get("id") not in known)
