"""The figures of the report to the funder, without any help of the database."""

from collections import Counter
from datetime import date

from sqlalchemy import select

from congress.domain.network.districts import KEYS, LANDS
from congress.domain.network.masking import SMALLEST, apart, masked, total
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import (
    Attendance,
    Booking,
    Congress,
    Mailing,
    NetworkProject,
    Organisation,
    OrganisationAlias,
    ProgrammeItem,
    Registration,
)
from tests.report_world import NOW


def runs_in(project, first, last):
    starts, ends = project.starts_on or project.ends_on, project.ends_on
    if starts is None:
        return False
    if ends is None:
        ends = date(9999, 1, 1) if project.state == "running" else starts
    return starts.year <= last and ends.year >= first


class RowByRow:
    """The same figures without any help of the database."""

    def __init__(self, first: int, last: int) -> None:
        congresses = db.session.scalars(select(Congress)).all()
        self.held = [each for each in congresses if self._counts(each, first, last)]
        self.people = db.session.scalars(select(Registration)).all()
        self.bookings = db.session.scalars(select(Booking)).all()
        self.items = db.session.scalars(select(ProgrammeItem)).all()
        ticks = db.session.scalars(select(Attendance)).all()
        self.there = {each.registration_id for each in ticks}
        self.days_there = {(each.registration_id, each.day) for each in ticks}
        self.ended = [
            each
            for each in congresses
            if each.kind == "training"
            and each.state in {"published", "finished"}
            and max(day.ends_at for day in each.days) <= NOW
            and first <= max(day.day for day in each.days).year <= last
        ]
        self.projects = Counter(
            (each.kind, each.state)
            for each in db.session.scalars(select(NetworkProject))
            if each.state in {"running", "finished"} and runs_in(each, first, last)
        )
        self.register = {each.id: each for each in db.session.scalars(select(Organisation))}
        self.names = {each.name_key: each.id for each in self.register.values()}
        for alias in db.session.scalars(select(OrganisationAlias)):
            self.names.setdefault(alias.name_key, alias.organisation_id)
        mails = db.session.scalars(select(Mailing)).all()
        went_out = [
            each
            for each in mails
            if each.state != "draft" and each.done and first <= each.started_at.year <= last
        ]
        self.network_mails = [each.done for each in went_out if not each.congress_id]
        self.mails = [each.done for each in went_out if each.congress_id]
        self.told_until = min(last, NOW.year - 1)

    @staticmethod
    def _counts(congress: Congress, first: int, last: int) -> bool:
        day = max(each.day for each in congress.days)
        is_over = max(each.ends_at for each in congress.days) <= NOW
        return congress.state in {"published", "finished"} and first <= day.year <= last and is_over

    def of(self, congress):
        return [p for p in self.people if p.congress_id == congress.id and p.state == "confirmed"]

    def town(self, person):
        number = person.organisation_id or self.names.get(fold_name(person.organisation))
        return self.register[number] if number else None

    def area(self, person):
        town = self.town(person)
        key = (town.district or (town.ags or "")[:5]) if town else ""
        return key if key in KEYS else key[:2] if key[:2] in LANDS else ""

    def cohorts(self):
        """Courses by their last day, and who was there on enough of their days."""
        found, towns = [], set()
        for congress in self.ended:
            people, days = self.of(congress), {each.day for each in congress.days}
            is_hybrid = congress.rules.get("mode") == "hybrid"
            online = [each for each in people if each.mode == "online"]
            expected = [p for p in people if not (is_hybrid and p in online)]
            came = [each for each in expected if each.id in self.there]
            share = congress.rules.get("certificate_from", 0)
            completed = 0
            for person in expected:
                attended = {day for who, day in self.days_there if who == person.id} & days
                if attended and 100 * len(attended) >= share * len(days):
                    completed += 1
            presence = apart(len(came), len(expected) - len(came))
            hides = len(expected) != len(people) and 0 < len(online) < SMALLEST
            told_of = people if hides else came if presence[0].is_exact else expected
            towns |= {t.id for t in map(self.town, people) if t and t.kind == "municipality"}
            told = apart(completed, len(told_of) - completed)[0] if came else None
            found.append((len(days), masked(len(people)), told))
        known = [each[2] for each in found if each[2] is not None]
        modules, people = sum(each[0] for each in found), total(each[1] for each in found)
        return len(found), modules, len(towns), people, len(known), total(known)

    def figures(self, kind=None, year=None):
        held = [each for each in self.held if kind in {None, each.kind}]
        held = [h for h in held if year in {None, max(day.day for day in h.days).year}]
        registered, modes, presence, booked, filled = [], [], [], [], []
        places, workshops, towns = 0, 0, set()
        for congress in held:
            people = self.of(congress)
            online = [each for each in people if each.mode == "online"]
            registered.append(masked(len(people)))
            modes.append(apart(len(people) - len(online), len(online)))
            expected = people
            if congress.rules.get("mode") == "hybrid" and online:
                expected = [each for each in people if each.mode == "onsite"]
            came = [each for each in expected if each.id in self.there]
            tells = len(expected) == len(people) or modes[-1][1].is_exact
            if came and tells:
                presence.append(apart(len(came), len(expected) - len(came)))
            towns |= {
                town.id
                for town in map(self.town, people)
                if town is not None and town.kind == "municipality"
            }
            numbers = {each.id for each in people}
            for item in self.items:
                if item.congress_id == congress.id and not item.cancelled:
                    theirs = [
                        each
                        for each in self.bookings
                        if each.item_id == item.id
                        and each.state == "confirmed"
                        and each.registration_id in numbers
                    ]
                    workshops += 1
                    booked.append(masked(len(theirs)))
                    if item.capacity and item.capacity >= SMALLEST:
                        places += item.capacity
                        filled.append(masked(len(theirs)))
        return (
            *(len(held), len(towns), total(registered)),
            *(total(each[0] for each in modes), total(each[1] for each in modes)),
            len(presence),
            *(total(each[0] for each in presence), total(each[1] for each in presence)),
            *(workshops, total(booked), places, total(filled)),
        )

    def areas(self):
        people: dict[str, dict[int, set[tuple[str, str]]]] = {}
        towns: dict[str, set[int]] = {}
        for congress in self.held:
            year = max(each.day for each in congress.days).year
            for person in self.of(congress) if year <= self.told_until else ():
                where, town = self.area(person), self.town(person)
                key = (person.email_key, person.name_key)
                people.setdefault(where, {}).setdefault(year, set()).add(key)
                if town is not None and town.kind == "municipality":
                    towns.setdefault(where, set()).add(town.id)
        counts = {
            where: total(masked(len(each)) for each in years.values())
            for where, years in people.items()
        }
        return counts, {where: len(each) for where, each in towns.items()}
