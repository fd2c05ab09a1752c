"""Figures of a network made up by chance: nobody's name stands in any byte of them.

The report as page, workbook and paper, the public page of the network and what was published:
neither people, nor their addresses, nor organisations from which fewer than five came.
"""

import random
from collections import Counter
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from sqlalchemy import delete, select

from congress.domain.folding import fold_for_search
from congress.domain.network.masking import SMALLEST
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import Attendance, Booking, Congress, Membership, Organisation, Registration
from tests import builders, tagged_pdf
from tests.network import a_contact, an_organisation
from tests.projects import a_part, a_project
from tests.report_world import a_world
from tests.web.organisers import a_network_account, logged_in, post

REPORT = "/organiser/network/report"
ASKED = f"{REPORT}?from=2014&until=2016"
YEARS = {"from": "2014", "until": "2016"}
PUBLIC, FIGURES = "/network", "/network/figures/2014-2016"
GIVEN = (
    *("Jörg", "Ørjan", "Zoëlle", "Björn-Åke", "Renée", "Ngọc Lan", "José", "Élodie", "Öznur"),
    *("Käthe", "Xaver", "Gülşen", "Şükrü", "Siân", "Ljubiša", "Dörthe-Sophie"),
)
FAMILY = (
    *("Müßig", "Weiß-Größl", "von der Heyden-Ütz", "O'Brien & Söhne", "Žižek", "Łuczak", "Öhm"),
    *("D’Águila", "Grünäugl", "Ykös", "Schnäbele-Quaas", "Übelacker", "Nuß", "<Böttcher>", "Kuhß"),
)
PLACES = ("Ödenwöhr", "Müllrath-Süd", "Klein Bräsig", "Gnötzheim", "Übach a. d. Wöll", "Qualß")
KINDS = ("Gemeinde {}", "Freiwilligenagentur {} e. V.", "{} & Partner GmbH", "Flecken {}")
LEAST = 4  # letters; shorter ones are parts of other words
# In every one of them, with a name as people have it: what finds it there would find others.
STANDS = "Städteregion Aachen"


@pytest.fixture(params=[3, 8])
def world(app, request):
    """Years of the network with people who are called as nobody else and come from anywhere."""
    chance = random.Random(request.param)
    with app.app_context():
        a_world(request.param)
        some_alone(chance)
        people = db.session.scalars(select(Registration)).all()
        for number, person in enumerate(people):
            called(person, chance.choice(GIVEN), chance.choice(FAMILY), number)
        db.session.commit()
        town = an_organisation("Stadt Rheine")
        a_contact(town, "Anneliese", "Ansprechbär", email="anneliese@rheine.example")
        part = a_project("Handreichung", kind="publication")
        a_part(part, town, "lead", person="Paula Präsenz", email="paula@praesenz.example")
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def some_alone(chance):
    """Store people who come alone from an organisation: of the register, or only typed."""
    over = select(Congress).where(Congress.state == "finished")
    events = db.session.scalars(over.order_by(Congress.id)).all()
    for number, place in enumerate(PLACES):
        name = chance.choice(KINDS).format(place)
        known = an_organisation(name, ags=f"0555400{number}", district="05554")
        for is_known in (True, False):
            person = builders.a_registration(
                chance.choice(events),
                organisation=name if is_known else f"{name}, Außenstelle {place[::-1].title()}",
                organisation_id=known.id if is_known else None,
            )
            day = db.session.get_one(Congress, person.congress_id).days[0].day
            tick = {"registration_id": person.id, "item_id": None, "day": day}
            db.session.add(Attendance(**tick, came_at=builders.AFTERWARDS))


def called(person, given, family, number):
    person.given_name, person.family_name = given, family
    person.email = f"{fold_for_search(given)[:3]}.q{number}@postfach-{number % 7}.example"
    person.email_key = fold_email(person.email)


def people():
    """Return what says who somebody is: names, both together, and their addresses."""
    found = {"Anneliese", "Ansprechbär", "anneliese@rheine.example", "Paula", "Präsenz"}
    found.add("paula@praesenz.example")
    for each in db.session.scalars(select(Registration)):
        both = f"{each.given_name} {each.family_name}"
        found |= {each.given_name, each.family_name, both, each.email}
        found.add(f"{each.family_name}, {each.given_name}")
    return {each for each in found if len(each) >= LEAST}


def organisations(*, without_members=False):
    """Return the names of those from which few came: some of these belong to the network."""
    came = Counter[str]()
    for each in db.session.scalars(select(Registration)):
        of = db.session.get(Organisation, each.organisation_id) if each.organisation_id else None
        came.update({each.organisation, of.name if of else each.organisation})
    few = {name for name, count in came.items() if name and count < SMALLEST}
    if not without_members:
        return few
    ids = select(Membership.organisation_id)
    members = db.session.scalars(select(Organisation.name).where(Organisation.id.in_(ids)))
    known = {letters(each) for each in members}  # however somebody typed them
    return {each for each in few if letters(each) not in known}


def letters(name):
    return "".join(each for each in fold_for_search(name) if each.isalnum())


def read(client, address):
    """Return what stands in an answer, in all the ways in which somebody may search in it."""
    with client.get(address) as answer:
        assert answer.status_code == 200, address
        content = answer.data
    if address.partition("?")[0].endswith(".pdf"):
        told = tagged_pdf.read(content)
        with pikepdf.open(BytesIO(content)) as paper:
            of_itself = [bytes(paper.Root.Metadata.read_bytes()).decode(), str(dict(paper.docinfo))]
        beside = [told.title, *told.alternatives, *told.links, *of_itself]
        return [" ".join([tagged_pdf.words(content), *beside])]
    if address.partition("?")[0].endswith(".xlsx"):
        parts = ZipFile(BytesIO(content))
        texts = [parts.read(name).decode() for name in parts.namelist()]
        return [*texts, *map(unescape, texts)]
    return [content.decode(), unescape(content.decode()).replace("\u00ad", "")]


def those_in(texts, names):
    """Return which names stand in texts: as written, folded, and without blanks as in papers."""
    found = set()
    for text in texts:
        ways = (text.casefold(), fold_for_search(text))
        close = ["".join(each.split()) for each in ways]
        for name in names:
            folded = fold_for_search(name)
            plain = name.casefold() in ways[0] or "".join(name.casefold().split()) in close[0]
            if plain or (len(folded) >= LEAST and folded in ways[1]):
                found.add(name)
    return found


def everywhere():
    """Return each address and whether members stand there by their name."""
    for years in ("from=2014&until=2016", "from=2014&until=2014", "from=2016&until=2016"):
        yield f"{REPORT}?{years}", False
        yield f"{REPORT}?{years}&lang=en", False
        yield f"{REPORT}.xlsx?{years}", False
    yield f"{REPORT}.pdf?from=2014&until=2016", False
    for address in (PUBLIC, f"{PUBLIC}?lang=en", FIGURES, f"{FIGURES}?lang=en"):
        yield address, address.startswith(PUBLIC) and "figures" not in address


def nobody_is_named(app, client, names):
    for address, has_members in everywhere():
        with app.app_context():
            alone = organisations(without_members=has_members)
        assert len(alone) >= len(PLACES)
        assert those_in(read(client, address), names | alone) == set(), address


def release(client, act="publish"):
    return post(client, f"{REPORT}/release", ASKED, **YEARS, act=act)


def test_nobody_is_in_any_byte_also_after_publication_and_correction(app, world):
    assert release(world) == 303
    with app.app_context():
        before = people()
    nobody_is_named(app, world, before)
    published = read(world, FIGURES)

    with app.app_context():
        some_go_and_some_are_corrected()
        after = people()
    nobody_is_named(app, world, before | after)
    assert release(world, "take_back") == 303
    assert release(world) == 303
    nobody_is_named(app, world, before | after)
    assert tables(read(world, FIGURES)) == tables(published)  # no difference tells who went


def some_go_and_some_are_corrected():
    found = db.session.scalars(select(Registration).order_by(Registration.id)).all()
    for number, person in enumerate(found):
        if number % 3 == 1:
            called(person, "Hjördis", "Ätzlinger-Köß", number + 1000)
    gone = [each.id for each in found if each.id % 3 == 0]
    db.session.flush()
    for table in (Attendance, Booking):
        db.session.execute(delete(table).where(table.registration_id.in_(gone)))
    db.session.execute(delete(Registration).where(Registration.id.in_(gone)))
    db.session.commit()


def tables(texts):
    return [text.partition("<main")[2].partition("</main")[0] for text in texts]


@pytest.mark.parametrize("world", [3], indirect=True)
def test_the_search_would_find_a_name_that_stands_there(app, world):
    """In pages, workbook and paper alike, and a person in the title of something published."""
    release(world)
    for address, _has_members in everywhere():
        assert those_in(read(world, address), {STANDS, "Hjördis"}) == {STANDS}, address
    with app.app_context():
        a_project("Nachlass von Dörthe-Sophie Weiß-Größl", starts_on=builders.MADE.date())
    wanted = {"Dörthe-Sophie", "Weiß-Größl", "Dörthe-Sophie Weiß-Größl"}
    assert those_in(read(world, PUBLIC), wanted) == wanted
