"""What letters state: a congress and somebody's standing as plain values (`domain.messages`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

from congress.domain import letter_texts, online
from congress.domain.congresses import Congress, CongressState, OrganisationRole
from congress.domain.correction import Correction
from congress.domain.folding import fold_for_search
from congress.domain.hall import Person
from congress.domain.mails.messages import (
    BeforeFacts,
    CongressFacts,
    DayFacts,
    LetterFacts,
    WorkshopFacts,
)
from congress.domain.mails.news import NO_NEWS, News
from congress.domain.modes import EventMode
from congress.domain.people import fold_email
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import DEADLINES, BookingState, RegistrationState
from congress.domain.rules import Access
from congress.domain.standing import Standing, StandingBooking
from congress.domain.texts import in_language
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Workshop
from congress.formats.field_words import field_words
from congress.formats.invitation import dialogue_partners
from congress.queries import wishes
from congress.services.mails import wish_facts
from congress.services.mails.moments import moment

Items = Sequence[ProgrammeItem]


def mailbox(email: str, name: str) -> dict[str, str]:
    """Return to whom a mail goes, by column of its row."""
    return {
        "recipient": email,
        "recipient_name": name,
        "recipient_key": fold_email(email),
        "recipient_search": fold_for_search(name, email),
    }


def of_congress(congress: Congress, language: str) -> CongressFacts:
    """Return what every letter says of a congress, in the recipient's language."""
    hosts = congress.named(OrganisationRole.HOST)
    found: CongressFacts = {
        "slug": congress.slug,
        "kind": congress.kind,
        "title": in_language(congress.title, language),
        "timezone": congress.timezone,
        "days": [_of_day(congress, day, language) for day in congress.days],
        "town": congress.town,
        "venue": in_language(congress.venue, language),
        "address": congress.address,
        "closes_at": moment(congress.period.closes_at),
        "changes_until": _moment_of(congress.period.changes_until),
        "withdrawals_until": _moment_of(congress.period.withdrawals_until),
        "cost": in_language(congress.cost, language),
        "host": hosts[0].name if hosts else "",
        "funders": [each.name for each in congress.named(OrganisationRole.FUNDER)],
        "contact": congress.contact_email,
    }
    if congress.letters:
        found["letters"] = letter_texts.in_letters(congress.letters, language)
    if reply_to := congress.letters.get(letter_texts.REPLY_TO):
        found["reply_to"] = reply_to
    if sender := congress.letters.get(letter_texts.SENDER):
        found["sender"] = sender
    if congress.look:
        found["look"] = congress.look.values
    if congress.state is not CongressState.PUBLISHED:
        found["ended"] = True
    if congress.rules.access is Access.INVITED:
        found["by_invitation"] = True
    return found


def _of_day(congress: Congress, day: TimeSlot, language: str) -> DayFacts:
    found: DayFacts = {"starts_at": moment(day.starts_at), "ends_at": moment(day.ends_at)}
    module = congress.module_of(day)
    if title := in_language(module.title, language):
        found["title"] = title
    if place := in_language(module.place, language):
        found["place"] = place
    return found


class Letters:
    """The letters about one congress: what many of them say is put together once per language."""

    def __init__(self, congress: Congress, news: News = NO_NEWS, items: Items = ()) -> None:
        self.congress = congress  # with its programme, where that is not shown yet
        self.of_congress = cache(partial(of_congress, congress))
        self.taking_wishes = cache(partial(wishes.taking_wishes, congress, items))
        self._news = news
        self._congress_before = cache(partial(of_congress, news.congress or congress))
        self._workshops_before: dict[tuple[int, str], WorkshopFacts] = {}
        self._of_workshops: dict[tuple[int, str], WorkshopFacts] = {}

    def to(self, standing: Standing) -> LetterFacts:
        """Return what a letter to somebody who registered states of their places."""
        language = standing.language
        facts: LetterFacts = {
            "congress": self.of_congress(language),
            "given_name": standing.given_name,
            "family_name": standing.family_name,
            "confirmed": [self._of_booking(each, standing) for each in standing.confirmed],
            "waiting": [self._of_booking(each, standing) for each in standing.waiting],
            "links": ["manage"],
        }
        if standing.position is not None:
            facts["position"] = standing.position
        if standing.offered_until is not None:
            facts["offered_until"] = moment(standing.offered_until)
        if standing.state is RegistrationState.REQUESTED:
            facts["requested"] = True
        if standing.holds_places:
            facts["holds"] = True
        if standing.on_reserve is not None:
            position, places = standing.on_reserve
            facts["reserve"] = {"position": position, "places": places}
        waits = standing.position is not None or any(each.position for each in standing.waiting)
        if waits and (first := self.congress.rules.priority_groups.ahead_of(standing.priority)):
            facts["first"] = list(first)
        if waits and self.congress.rules.offer_hours:
            facts["by_offer"] = True
        if standing.subscribes:
            facts["subscribes"] = True
        until, period = standing.chooses_until, self.congress.period
        if until is not None and until > period.changes_close_at:
            facts["chooses_until"] = moment(until)
        self._add_how(facts, standing)
        wish_facts.add(facts, standing, self.congress, self.taking_wishes(), self._of_workshop)
        return facts

    def _add_how(self, facts: LetterFacts, standing: Standing) -> None:
        """Say how somebody takes part, and by which link, where it is not on site alone."""
        if link := online.link_for(self.congress, standing):
            facts["online_link"] = link
        if (comes_at := online.link_comes_at(self.congress, standing)) is not None:
            facts["link_comes_at"] = moment(comes_at)
        if self.congress.rules.mode is not EventMode.ONSITE:
            facts["mode"] = standing.mode

    def after_change(
        self,
        standing: Standing,
        had: Person,
        items: Mapping[int, ProgrammeItem],
        *,
        by_organiser: bool,
    ) -> LetterFacts:
        """Return what a letter states after a change of workshops, and what was before."""
        facts = self.to(standing)
        before: dict[bool, list[WorkshopFacts]] = {True: [], False: []}
        for each in had.bookings:
            workshop = self._of_workshop(items[each.workshop_id], standing.language)
            before[each.state is BookingState.CONFIRMED].append(workshop)
        facts["before"] = {"confirmed": before[True], "waiting": before[False]}
        if had.mode is not None and had.mode is not standing.mode:
            facts["before"]["mode"] = had.mode
        if by_organiser:
            facts["by_organiser"] = True
        return facts

    def after_moving_up(
        self, standing: Standing, won: Items, lost: Items, ended: Items
    ) -> LetterFacts:
        """Return what a letter states after somebody moved up, and what was before."""
        facts, language = self.to(standing), standing.language
        facts["moved_up"] = [item.id for item in won]
        facts["given_up"] = [item.id for item in lost]
        facts["ended"] = [item.id for item in ended]
        kept = [each for each in facts["confirmed"] if each.get("id") not in facts["moved_up"]]
        facts["before"] = {
            "confirmed": kept + [self._of_workshop(item, language) for item in lost],
            "waiting": facts["waiting"]
            + [self._of_workshop(item, language) for item in (*won, *ended)],
        }
        return facts

    def of_news(self, standing: Standing, *, has_heard: bool) -> LetterFacts:
        """Return what a letter states after a change of the programme, and what was before.

        Who `has_heard` by another letter what their calendar says hears only of what they wait
        for or wish for, and of the deadline, which no calendar says.
        """
        facts = self.to(standing)
        if self._news.is_unknown:
            return facts
        before: BeforeFacts = {}
        waits = standing.state is not RegistrationState.CONFIRMED
        if self._news.congress is not None:
            known = self._congress_before(standing.language)
            if waits or not has_heard:
                before["congress"] = known
            elif any(known.get(name) != facts["congress"].get(name) for name in DEADLINES):
                before["congress"] = {
                    **facts["congress"],
                    "closes_at": known["closes_at"],
                    "changes_until": known.get("changes_until"),
                    "withdrawals_until": known.get("withdrawals_until"),
                }
            link = online.link_for(self._news.congress, standing)
            if not waits and link != facts.get("online_link", ""):
                before["online_link"] = link
        bookings = standing.waiting if has_heard else standing.bookings
        moved = [each for each in bookings if each.item.id in self._news.faces]
        turned = wish_facts.turned(standing, self.taking_wishes(), self._news.faces)
        if moved or turned:
            before["workshops"] = [self._before(each, standing) for each in moved]
            before["workshops"] += [self._known(each, standing.language) for each in turned]
        facts["before"] = before
        return facts

    def choice(
        self, standing: Standing, items: Iterable[ProgrammeItem], called_off: Collection[int]
    ) -> list[WorkshopFacts] | None:
        """Return what has free places at the time of workshops that were called off.

        None for whoever has another place at that time, and need not choose.
        """
        taken = [each.item for each in standing.confirmed if not each.item.face.cancelled]
        lost = [
            each.item.workshop
            for each in standing.bookings
            if each.item.id in called_off and not any(item.meets(each.item) for item in taken)
        ]
        if not lost:
            return None
        mine = {each.item.id for each in standing.bookings}
        found = free_beside(lost, items, mine)
        return [self._of_workshop(item, standing.language) for item in found]

    def returned(self, items: Iterable[ProgrammeItem], language: str) -> list[WorkshopFacts]:
        """Return what takes place after all, and whether one can have it back."""
        return [
            {**self._of_workshop(item, language), "has_places": item.places.has_free_place}
            for item in items
        ]

    def state_unranked(self, letter: LetterFacts, items: Items, language: str) -> None:
        """State what was moved so that a wish for it does not count any more."""
        letter["unranked"] = [self._of_workshop(item, language) for item in items]
        known = letter["before"].setdefault("workshops", [])
        known += [self._known(item, language) for item in items]

    def of_correction(
        self, standing: Standing, changes: Sequence[Correction], *, by_organiser: bool
    ) -> LetterFacts:
        """Return what a letter states after somebody's details were corrected."""
        facts, language = self.to(standing), standing.language
        labels = {name: each.label for name, each in field_words(language).items()}
        labels |= {
            each.column: in_language(each.label, language) for each in self.congress.questions
        }
        facts["corrected"] = [
            {"label": labels[each.field], "before": each.before, "after": each.after}
            for each in changes
        ]
        facts["by_organiser"] = by_organiser
        if standing.subscribes and any(each.field == "email" for each in changes):
            facts["has_new_feed"] = True
        return facts

    def _of_booking(self, booking: StandingBooking, standing: Standing) -> WorkshopFacts:
        facts = self._of_workshop(booking.item, standing.language)
        if link := online.link_to(booking, self.congress, standing):
            facts["online_link"] = link
        if booking.position is not None:
            facts["position"] = booking.position
        if booking.offered_until is not None:
            facts["offered_until"] = moment(booking.offered_until)
        wish_facts.add_rank(facts, booking, standing)
        if (kept := standing.booking(booking.instead_of)) and not kept.item.face.cancelled:
            facts["kept"] = in_language(kept.item.face.title, standing.language)
        return facts

    def _before(self, booking: StandingBooking, standing: Standing) -> WorkshopFacts:
        """Return what somebody knew of a workshop; its link, if they have a place in it."""
        was = self._news.faces[booking.item.id]
        facts = self._known(booking.item, standing.language)
        knew = online.is_told(self._news.congress or self.congress, standing.mode)
        if was.online_link and knew and booking.state is BookingState.CONFIRMED:
            facts["online_link"] = was.online_link
        return facts

    def _known(self, item: ProgrammeItem, language: str) -> WorkshopFacts:
        key = (item.id, language)
        if key not in self._workshops_before:
            known = replace(item, face=self._news.faces[item.id])
            self._workshops_before[key] = of_workshop(known, language)
        return self._workshops_before[key].copy()

    def _of_workshop(self, item: ProgrammeItem, language: str) -> WorkshopFacts:
        key = (item.id, language)
        if key not in self._of_workshops:
            self._of_workshops[key] = of_workshop(item, language)
        return self._of_workshops[key].copy()


def of_workshop(item: ProgrammeItem, language: str) -> WorkshopFacts:
    """Return what a letter states of a workshop, or of anything else that is booked like one."""
    facts: WorkshopFacts = {
        "id": item.id,
        "number": item.number,
        "title": in_language(item.face.title, language),
        "starts_at": moment(item.slot.starts_at),
        "ends_at": moment(item.slot.ends_at),
        "room": in_language(item.face.room, language),
        "cancelled": item.face.cancelled,
        "people": dialogue_partners(item),
    }
    if not item.is_workshop:
        facts["kind"] = str(item.kind)
    if item.only_with:
        facts["only_with"] = item.only_with
    if item.face.cancelled:
        facts["topic"] = item.topic
    return facts


def free_beside(
    lost: Sequence[Workshop], items: Iterable[ProgrammeItem], mine: Collection[int | None]
) -> list[ProgrammeItem]:
    """Return what has free places in the stead of what is called off, and is not booked yet."""
    return [
        item
        for item in items
        if item.bookable
        and not item.face.cancelled
        and item.places.has_free_place
        and item.id not in mine
        and any(item.workshop.meets(each) for each in lost)
    ]


def _moment_of(value: datetime | None) -> str | None:
    return moment(value) if value is not None else None
