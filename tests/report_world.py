"""Some years of the network, made up by chance: what its report is tried with."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from congress.extensions import db
from congress.models import (
    Attendance,
)
from tests.builders import a_booking, a_congress, a_mailing, a_registration, a_workshop
from tests.network import a_membership, an_alias, an_organisation
from tests.network_mails import a_network_mail
from tests.projects import a_project

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2017, 3, 1, 12, tzinfo=UTC)
KINDS = (
    "fachkongress",
    "network_meeting",
    "topic_workshop",
    "training",
    "market",
    "social_day",
    "other",
)
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

    for number in range(6):
        a_course(chance, number, towns)
    some_projects(chance)
    for number in range(8):
        sent = a_day(chance, 2014 + number % 4)[0]
        state = chance.choice(("sent", "sent", "stopped", "draft"))
        done = chance.choice((0, 2, 4, 40))
        a_network_mail(state=state, started_at=sent, total=40, done=done)


def some_people(chance, congress, towns, typed):
    kind = "placement" if congress.kind == "social_day" else "workshop"
    workshops = [
        a_workshop(congress, kind=kind, capacity=places, cancelled=chance.random() < 0.2)
        for places in (None, 20, 3)
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
            is_full = item.capacity is not None and item.taken >= item.capacity
            if chance.random() < 0.5 and not is_full:
                a_booking(person, item, state=chance.choice(("confirmed", "waiting")))
        if is_recorded and chance.random() < 0.8:
            for item_id in (None, workshops[0].id):
                day = congress.days[0].day
                there = {"registration_id": person.id, "item_id": item_id, "day": day}
                db.session.add(Attendance(**there, came_at=NOW))
    db.session.commit()


def a_course(chance, number, towns):
    """Store a course of some modules, over the end of a year, at which some miss some."""
    start = datetime(chance.randint(2014, 2016), 10, number + 1, 9, tzinfo=BERLIN)
    days = [(start + timedelta(weeks=w), start + timedelta(weeks=w, hours=6)) for w in (0, 6, 16)]
    course = a_congress(
        slug=f"kurs-{number}",
        kind="training",
        state=chance.choice(("finished", "finished", "published", "cancelled")),
        days=days,
        rules={"certificate_from": chance.choice((0, 60, 100))}
        | chance.choice(({}, {}, {"mode": "hybrid"})),
    )
    is_hybrid, eager = "mode" in course.rules, chance.choice((0, 0.5, 0.9, 0.97))
    for person in range(chance.choice((3, 7, 20, 20))):
        town = chance.choice(towns)
        there = a_registration(
            course,
            email=f"kurs{person}@example.org",
            mode=chance.choice(("onsite", "online")) if is_hybrid else "onsite",
            organisation_id=town.id,
            organisation=town.name,
        )
        for slot in course.days if chance.random() < eager else ():
            if chance.random() < eager:
                tick = {"registration_id": there.id, "item_id": None, "day": slot.day}
                db.session.add(Attendance(**tick, came_at=NOW))
    db.session.commit()


def some_projects(chance):
    for number in range(20):
        begins = chance.choice((None, date(chance.randint(2013, 2017), 5, 1)))
        a_project(
            f"Projekt {number}",
            kind=chance.choice(("publication", "working_group", "contribution")),
            state=chance.choice(("running", "finished", "proposed", "declined")),
            starts_on=begins,
            ends_on=chance.choice((None, date(2017, 6, 1))),
            is_published=False,
        )
