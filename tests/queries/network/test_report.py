"""The report to the funder, counted in the database and, a second way, row by row."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from congress.domain.congresses import CongressKind
from congress.domain.folding import fold_for_order
from congress.domain.network.districts import KEYS, LANDS
from congress.domain.network.funder_report import Period
from congress.domain.network.masking import NOBODY, apart, masked, total
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import (
    Attendance,
    Booking,
    Congress,
    Mailing,
    Organisation,
    OrganisationAlias,
    ProgrammeItem,
    Registration,
)
from congress.queries.network import report
from tests.builders import a_booking, a_congress, a_mailing, a_registration, a_workshop
from tests.network import a_membership, an_alias, an_organisation
from tests.queries_counter import count_queries

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2017, 3, 1, 12, tzinfo=UTC)
KINDS = ("fachkongress", "network_meeting", "topic_workshop", "training", "other")
TOWNS = (  # name, kind, AGS, district
    ("Stadt Rheine", "municipality", "05566076", "05566"),
    ("Stadt Greven", "municipality", "05566012", None),  # its key says the district
    ("Stadt Essen", "municipality", "05113000", "05113"),
    ("Dorfladen eG", "company", None, "05566"),
    ("Stadt Osnabrück", "municipality", "03404000", "03404"),
    ("Amt ohne Ort", "municipality", None, None),
    ("Altkreis Aachen", "municipality", "05354001", "05354"),  # a district that is no more
)


def a_day(chance, year):
    start = datetime(year, chance.randint(1, 12), chance.randint(1, 28), 9, tzinfo=BERLIN)
    return start, start + timedelta(hours=7)


def a_world(seed):
    """Store occasions of some years, in all states, with people from everywhere and nowhere."""
    chance = random.Random(seed)
    towns = [an_organisation(n, kind=k, ags=a, district=d) for n, k, a, d in TOWNS]
    an_alias(towns[0], "Emsmetropole")
    typed = ["", "stadt  RHEINE", "Emsmetropole", "Stadt-Essen", "Unbekannt GmbH"]
    a_membership(towns[0])
    a_membership(towns[2], "partner")
    for number in range(12):
        days = [a_day(chance, chance.randint(2014, 2017))]
        if number % 4 == 0:
            days.append((days[0][0] + timedelta(days=1), days[0][1] + timedelta(days=1)))
        congress = a_congress(
            slug=f"anlass-{number}",
            kind=chance.choice(KINDS),
            state=chance.choice(("published", "finished", "finished", "cancelled", "draft")),
            days=days,
            rules=chance.choice(({}, {"mode": "hybrid"}, {"mode": "online"})),
        )
        some_people(chance, congress, towns, typed)
        started = days[0][0]
        a_mailing(
            congress,
            state=chance.choice(("sent", "stopped", "draft")),
            started_at=started,
            total=30,
            done=chance.choice((0, 3, 5, 30)),
        )


def some_people(chance, congress, towns, typed):
    workshops = [
        a_workshop(congress, capacity=places, cancelled=chance.random() < 0.2)
        for places in (None, 20)
    ]
    is_recorded, modes = chance.random() < 0.7, chance.choice((("onsite",), ("onsite", "online")))
    for number in range(chance.choice((0, 2, 6, 14, 14))):
        town = chance.choice([*towns, None, None])
        person = a_registration(
            congress,
            family_name=f"Muster{number}",
            email=f"person{number}@example.org",  # comes to many occasions
            state=chance.choice(("confirmed",) * 5 + ("cancelled", "waiting")),
            mode=chance.choice(modes),
            organisation_id=town.id if town else None,
            organisation=town.name if town else chance.choice(typed),
        )
        for item in workshops:
            if chance.random() < 0.5:
                a_booking(person, item, state=chance.choice(("confirmed", "waiting")))
        if is_recorded and chance.random() < 0.8:
            for item_id in (None, workshops[0].id):
                day = congress.days[0].day
                there = {"registration_id": person.id, "item_id": item_id, "day": day}
                db.session.add(Attendance(**there, came_at=NOW))
    db.session.commit()


class RowByRow:
    """The same figures without any help of the database."""

    def __init__(self, first: int, last: int) -> None:
        congresses = db.session.scalars(select(Congress)).all()
        self.held = [each for each in congresses if self._counts(each, first, last)]
        self.people = db.session.scalars(select(Registration)).all()
        self.bookings = db.session.scalars(select(Booking)).all()
        self.items = db.session.scalars(select(ProgrammeItem)).all()
        self.there = {each.registration_id for each in db.session.scalars(select(Attendance))}
        self.register = {each.id: each for each in db.session.scalars(select(Organisation))}
        self.names = {each.name_key: each.id for each in self.register.values()}
        for alias in db.session.scalars(select(OrganisationAlias)):
            self.names.setdefault(alias.name_key, alias.organisation_id)
        mails = db.session.scalars(select(Mailing)).all()
        self.mails = [
            each.done
            for each in mails
            if each.state != "draft" and each.done and first <= each.started_at.year <= last
        ]
        self.told_until = min(last, NOW.year - 1)

    @staticmethod
    def _counts(congress: Congress, first: int, last: int) -> bool:
        day = min(each.day for each in congress.days)
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

    def figures(self, kind=None):
        held = [each for each in self.held if kind in {None, each.kind}]
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
                    if item.capacity:
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
            year = min(each.day for each in congress.days).year
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


def told(figures):
    return tuple(vars(figures).values())


PERIODS = [Period(2015, 2016), Period(2014, 2017), Period(2017, 2017)]  # 2017 is not over


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_counted_row_by_row(database, seed):
    a_world(seed)
    for period in PERIODS:
        compare(period)


def compare(period):
    found = report.report(period, BERLIN, now=NOW)
    rows = RowByRow(period.first, period.last)
    counts, towns = rows.areas()

    assert told(found.overall) == rows.figures()
    assert {kind: told(each) for kind, each in found.kinds.items()} == {
        CongressKind(kind): rows.figures(kind) for kind in {each.kind for each in rows.held}
    }
    assert {key: each.people for key, each in found.districts.items()} == {
        key: counts.get(key, NOBODY) for key in KEYS
    }
    for key, each in found.districts.items():
        hidden = counts.get(key, NOBODY).is_small
        assert each.municipalities == (None if hidden else towns.get(key, 0))
    lands = {each.name: each.people for each in found.elsewhere}
    assert lands == {LANDS[key]: count for key, count in counts.items() if key in LANDS}
    assert found.unknown == counts.get("", NOBODY)
    assert (found.mails.number, found.mails.readers) == (
        len(rows.mails),
        total(map(masked, rows.mails)),
    )
    assert (found.members.members, found.members.partners) == (1, 1)


def test_the_worlds_hold_what_is_looked_for(database):
    """Small groups, hybrid occasions, attendance, aliases: else the comparison says nothing."""
    a_world(1)
    found = report.report(Period(2014, 2016), BERLIN, now=NOW)
    overall = found.overall

    assert len(found.kinds) > 2
    assert overall.recorded
    assert not overall.stayed_away.is_exact
    assert overall.online.most
    assert overall.booked.most > overall.filled.most > 0
    assert found.districts["05566"].people.least >= 5
    assert found.unknown.least
    assert [each.name for each in found.elsewhere] == ["Niedersachsen"]
    assert fold_for_order("Stadt-Essen") == "stadt essen"


def test_it_takes_as_many_statements_for_one_occasion_as_for_many(database):
    period = Period(2014, 2017)
    a_registration(a_congress(state="finished"))
    with count_queries() as few:
        report.report(period, BERLIN, now=NOW)
    a_world(1)
    with count_queries() as many:
        report.report(period, BERLIN, now=NOW)

    assert len(few) == len(many) <= 8
