"""Mails as rows that nobody has stored yet: who gets which letter, with which calendar object.

What is sent and what organisers are shown before they publish is decided here, so that both are
the same. Nothing here writes.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

from congress import extensions
from congress.domain import allocation
from congress.domain.calendars.calendar import Method
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import KINDS, WITH_LINK, Carries, MessageKind
from congress.domain.mails.messages import CalendarFacts, EntryFacts, LetterFacts
from congress.domain.mails.news import News, called_off, is_of_wishes, tells
from congress.domain.mails.overlaps import overlaps
from congress.domain.mails.reach import Reach
from congress.domain.mails.returning import may_be_ranked
from congress.domain.programme import ProgrammeItem
from congress.domain.slots import workshops_in_order
from congress.domain.standing import Standing
from congress.queries import chosen_anew, dead_mailboxes, former_wishes, outbox
from congress.services.mails import facts, wish_facts
from congress.services.mails.calendar_entries import Told
from congress.services.mails.facts import Letters
from congress.services.mails.overtaking import Overtaken

Row = dict[str, Any]
Mail = tuple[Standing, LetterFacts]


class Recipient(Protocol):
    """Whom a mail goes to."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Turned:
    """What was called off or takes place after all, for whoever has chosen something else.

    And what was moved away from where it was ranked.
    """

    off: frozenset[int] = frozenset()
    back: Mapping[int, ProgrammeItem] = field(default_factory=dict)
    chosen: Mapping[int, Collection[int]] = field(default_factory=dict)  # before, by person
    ranked: Mapping[int, Collection[int]] = field(default_factory=dict)  # likewise, as a wish
    moved: Sequence[tuple[ProgrammeItem, Collection[int]]] = ()  # and whose wishes end by it

    @classmethod
    def by(cls, news: News, items: Sequence[ProgrammeItem]) -> Self:
        """Return what of a programme is not as people knew it."""
        known = {item.id: item for item in items if item.bookable and item.id in news.faces}
        was_off = {number: news.faces[number].cancelled for number in known}
        off = {each.id for each in known.values() if each.face.cancelled}
        back = {key: item for key, item in known.items() if was_off[key] and key not in off}
        now_off = frozenset(number for number in off if not was_off[number])
        moved = [(known[key], people) for key, people in news.unranked.items() if key in known]
        chosen = chosen_anew.by_person(back) if back else {}
        ranked = former_wishes.by_person(back) if back else {}
        return cls(now_off, back, chosen, ranked, moved)

    def state_in(self, letters: Letters, letter: LetterFacts, standing: Standing) -> None:
        """State it in the letter to somebody."""
        booked = {each.item.id for each in standing.bookings}
        had = [self.back[key] for key in self.chosen.get(standing.id, ()) if key not in booked]
        returned = letters.returned(workshops_in_order(had), standing.language)
        wished = [self.back[key] for key in self.ranked.get(standing.id, ())]
        taking = letters.taking_wishes() if wished else ()
        for item in wish_facts.to_rank(standing, taking, workshops_in_order(wished)):
            returned.append({**facts.of_workshop(item, standing.language), "ranked": True})
        if returned:
            letter["returned"] = returned
        if off := sorted(self.off - booked):
            letter["off_again"] = off
        mine = [item for item, people in self.moved if standing.id in people]
        if unranked := [item for item in mine if item.id not in booked]:
            letters.state_unranked(letter, unranked, standing.language)


def of_news(
    letters: Letters,
    people: Sequence[Standing],
    kind: MessageKind,
    told: Mapping[int, Told],
    turned: Turned,
    *,
    since: datetime | None = None,
) -> list[Mail]:
    """Return the letters to those for whom a changed congress or programme is news.

    Whose calendar entry stays as it was has heard of all that stands in it. What no calendar says
    is told to those who were there at `since`.
    """
    is_back = kind is MessageKind.HELD_AFTER_ALL
    found = []
    for each in people:
        letter = letters.of_news(each, has_heard=not told[each.id])
        turned.state_in(letters, letter, each)
        was_there = since is None or each.created_at <= since
        is_news = tells(letter) or letter.get("off_again")
        if is_back or told[each.id] or (was_there and is_news):
            found.append((each, letter))
    return found


def to_choose_from(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    *,
    now: datetime,
    until: datetime | None = None,
) -> Sequence[ProgrammeItem]:
    """Return what can be offered to somebody whose workshop is called off.

    `until` is how long they may choose, also after the last day for it.
    """
    closes_at = congress.period.changes_close_for(until)
    is_open = congress.period.opens_at <= now < closes_at
    by_wishes = allocation.unassigned(items, congress.rules.allocation)
    found = workshops_in_order(items) if is_open else ()
    return [item for item in found if item.id not in by_wishes]


def by_choice(
    congress: Congress,
    people: Sequence[Standing],
    items: Sequence[ProgrammeItem],
    *,
    now: datetime,
) -> list[tuple[Sequence[ProgrammeItem], list[Standing]]]:
    """Return what can be offered to whom: some may choose longer than others."""
    found: dict[bool, list[Standing]] = {}
    offered: dict[bool, Sequence[ProgrammeItem]] = {}
    for each in people:
        choice = to_choose_from(congress, items, now=now, until=each.chooses_until)
        offered[bool(choice)] = choice
        found.setdefault(bool(choice), []).append(each)
    return [(offered[is_open], some) for is_open, some in found.items()]


def drafts(
    letters: Letters,
    kind: MessageKind,
    mails: Iterable[Mail],
    told: Mapping[int, Told],
    overtaken: Overtaken,
    items: Sequence[ProgrammeItem] = (),
) -> list[list[Row]]:
    """Return for each person the letter and the calendar messages that belong to it.

    Nobody for whom nothing is left to tell is among them, nor anybody without an address, nor
    whoever has not confirmed theirs: what changed meanwhile stands in the confirmation.
    """
    reached = (mail for mail in mails if mail[0].gets_mails or _ends_question(kind, mail[0]))
    found = (_draft(letters, kind, mail, told, overtaken, items) for mail in reached)
    return [mine for mine in found if mine]


@dataclass(frozen=True)
class Written:
    """What was to be written to some people, and the drafts that came of it."""

    letters: Letters
    kind: MessageKind
    mails: Sequence[Mail]
    told: Mapping[int, Told]
    found: Sequence[Sequence[Row]]


def reach(written: Sequence[Written]) -> Reach:
    """Return whom drafts reach, and who would get one if mail reached them.

    Mails to addresses that take none are written and fail, so that they can be sent again.
    """
    firsts = [first for each in written for first, *_ in each.found]
    gone = dead_mailboxes.among({first["recipient_key"] for first in firsts})
    there = [first for first in firsts if first["recipient_key"] not in gone]
    by_letter = sum(KINDS[first["kind"]].carries is not Carries.CALENDAR for first in there)
    nothing = Overtaken()
    unreached = tuple(
        mail[0].id
        for each in written
        for mail in each.mails
        if not mail[0].has_mailbox and _draft(each.letters, each.kind, mail, each.told, nothing)
    )
    dead = tuple(first["registration_id"] for first in firsts if first["recipient_key"] in gone)
    return Reach(by_letter, len(there) - by_letter, unreached, dead)


def by_kind(
    kind: MessageKind, people: Sequence[Standing]
) -> Mapping[MessageKind, Sequence[Standing]]:
    """Return which kind of news is whose.

    That a congress takes place after all is none to those who never heard by mail that it does
    not; whoever has no address may have heard it.
    """
    if kind is not MessageKind.HELD_AFTER_ALL:
        return {kind: people}
    off = outbox.who_believes_it_is_off([each.id for each in people])
    heard = [each for each in people if each.id in off or not each.has_mailbox]
    others = [each for each in people if each.id not in off and each.has_mailbox]
    return {kind: heard, MessageKind.PROGRAMME_CHANGED: others}


def _ends_question(kind: MessageKind, standing: Standing) -> bool:
    """Whoever is still asked hears that there is nothing to confirm any more."""
    return kind is MessageKind.CONGRESS_CANCELLED and standing.has_mailbox


def _draft(
    letters: Letters,
    kind: MessageKind,
    mail: Mail,
    told: Mapping[int, Told],
    overtaken: Overtaken,
    items: Sequence[ProgrammeItem] = (),
) -> list[Row]:
    standing, letter = mail
    # No mail has carried the entry of whoever has not confirmed, so its end is none to them.
    known = [] if standing.is_unconfirmed else told[standing.id]
    left, objects = overtaken.by(standing.id, kind, letter, known)
    if left is not None and items:
        _offer(letters, standing, letter, items)
    return rows(letters, standing, left, letter, objects)


def _offer(
    letters: Letters, standing: Standing, letter: LetterFacts, items: Sequence[ProgrammeItem]
) -> None:
    """Name what somebody can choose whose workshop is called off."""
    is_lost = any(each.item.face.cancelled for each in standing.bookings)
    if not is_lost or not standing.is_decided:
        return
    off = {each.now["id"] for each in called_off(letter)}
    choice = letters.choice(standing, items, off)
    if choice is not None:
        letter["choice"] = choice


def rows(
    letters: Letters,
    standing: Standing,
    kind: MessageKind | None,
    letter: LetterFacts,
    objects: Sequence[EntryFacts],
) -> list[Row]:
    """Return a letter, which carries an object if it may, and messages with the other objects.

    Without a kind there is no letter. Whoever subscribes to a calendar gets no object by mail: a
    program would show the entry twice.
    """
    congress = letters.congress
    found: list[Row] = []
    rest = [] if standing.subscribes else list(objects)
    if kind is not None:
        if carried := _carried(congress, kind, letter, rest):
            letter["entry"] = carried
            rest.remove(carried)
            if kind not in WITH_LINK:
                letter["links"] = []
        if any(entry["method"] == Method.REQUEST for entry in rest):
            letter["entry_apart"] = True
        found.append(row(congress, standing, kind, letter))
    for entry in rest:
        message: CalendarFacts = {
            "congress": letters.of_congress(standing.language),
            "given_name": standing.given_name,
            "family_name": standing.family_name,
            "entry": entry,
        }
        is_gone = entry["method"] == Method.CANCEL
        of_calendar = MessageKind.CALENDAR_CANCEL if is_gone else MessageKind.CALENDAR_REQUEST
        found.append(row(congress, standing, of_calendar, message))
    return found


def _carried(
    congress: Congress, kind: MessageKind, letter: LetterFacts, objects: Sequence[EntryFacts]
) -> EntryFacts | None:
    """Return the object that a letter carries, if it can do without the link."""
    if letter.get("choice") or (kind in WITH_LINK and not congress.one_mail):
        return None
    is_to_rank = is_of_wishes(letter) or may_be_ranked(letter)
    if kind is MessageKind.PROGRAMME_CHANGED and (overlaps(letter) or is_to_rank):
        return None
    is_end = KINDS[kind].carries is Carries.FAREWELL
    method = Method.CANCEL if is_end else Method.REQUEST
    return next((each for each in objects if each["method"] == method), None)


def row(
    congress: Congress, recipient: Recipient, kind: MessageKind, stated: Mapping[str, Any]
) -> Row:
    """Return a mail as the outbox keeps it."""
    return {
        "kind": kind,
        "message_id": new_message_id(),
        "congress_id": congress.id,
        "registration_id": recipient.id,
        "language": recipient.language,
        "facts": dict(stated),
        **facts.mailbox(recipient.email, recipient.name),
    }


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322, section 3.6.4) that the row keeps through every retry."""
    host = urlsplit(extensions.settings().base_url).hostname or "localhost"
    return f"<{uuid.uuid4()}@{host}>"
