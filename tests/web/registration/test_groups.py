"""Registering a group without any script, and the page of its contact."""

import re

import pytest
from sqlalchemy import select

from congress.domain.own_questions import Option, OwnQuestion, QuestionKind, as_json
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import OutboxMessage, Registration, RegistrationGroup
from congress.services import group_links, tokens
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Statements, Visitor, change, change_item, stored

pytestmark = pytest.mark.sqlite_only

FORM = "/fachkongress/register/group"
ANNA = {
    "p1-given_name": "Anna",
    "p1-family_name": "Alt",
    "p1-email": "anna@example.org",
    "p1-organisation": "Stadt Lünen",
    "p1-slot-1": "workshop-1",
}
MAX = {
    "p2-given_name": "Max",
    "p2-family_name": "Neu",
    "p2-email": "max@example.org",
    "p2-organisation": "Stadt Köln",
    "p2-slot-1": "none",
}
OURS = ANNA | MAX | {"people": "2", "contact_comes": "y", "privacy_notice": "y"}


@pytest.fixture
def grouped(app, congress):
    """A congress in which up to four people are a group."""
    change(app, congress, rules={"group_most": 4})
    return congress


def send(visitor, **more: str):
    return visitor.send(FORM, **visitor.hidden(FORM) | OURS | more)


@pytest.fixture
def page(visitor, grouped):
    answer = send(visitor)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].partition("?")[0]


def people(app):
    with app.app_context():
        rows = db.session.scalars(select(Registration).order_by(Registration.id)).all()
        return [(each.given_name, each.state) for each in rows]


def number(app, name):
    with app.app_context():
        return db.session.scalars(
            select(Registration.id).where(Registration.given_name == name)
        ).one()


def test_where_there_are_no_groups_the_form_is_that_for_one(visitor, congress):
    assert "register/group" not in visitor.open("/fachkongress/register").text
    assert visitor.open(FORM).headers["Location"].endswith("/fachkongress/register")


def test_a_group_is_registered_and_its_contact_sees_it(visitor, app, page):
    assert people(app) == [("Anna", "confirmed"), ("Max", "confirmed")]
    own = pages.words(pages.read(visitor.open(f"{page}?done=registered")))
    assert "Anna Alt" in own
    assert "Max Neu" in own
    assert "Kontaktperson: Anna Alt" in own
    for unseen in ("anna@example.org", "max@example.org"):
        assert unseen not in visitor.open(page).text
    assert not re.search(r"/registration/", visitor.open(page).text)
    assert visitor.open("/group/" + "x" * 43).status_code == 404


def test_a_block_more_is_asked_for_without_script_and_nothing_is_lost(visitor, app, grouped):
    hidden = visitor.hidden(FORM)
    shown = visitor.send(FORM, **hidden | ANNA | {"people": "2", "add": "y"})
    assert shown.status_code == 200
    root = pages.read(shown)
    assert pages.has(root, id="p3-person")
    assert 'value="Anna"' in shown.text
    assert re.search(r'value="workshop-1"[^>]* selected', shown.text)
    assert not pages.has(root, id="fehlerliste")
    full = visitor.send(FORM, **hidden | ANNA | {"people": "4", "add": "y"})
    assert not pages.has(pages.read(full), id="p5-person")
    assert people(app) == []


def test_what_is_wrong_is_said_of_whom_and_an_empty_block_is_nobody(visitor, app, grouped):
    answer = send(visitor, **{"p1-email": "anna@", "p2-email": "max@", "privacy_notice": ""})
    assert answer.status_code == 422
    said = pages.words(pages.read(answer))
    assert "Person 1, E-Mail" in said
    assert "Person 2, E-Mail" in said
    assert 'value="max@"' in answer.text
    twice = send(visitor, **{name.replace("p1", "p2"): value for name, value in ANNA.items()})
    assert "steht schon im Formular" in twice.text
    nobody = dict.fromkeys(MAX, "")
    assert send(visitor, **nobody).status_code == 303
    assert people(app) == [("Anna", "confirmed")]


def test_a_contact_who_does_not_come_has_a_name_and_an_address(visitor, app, grouped):
    missing = send(visitor, contact_comes="")
    assert missing.status_code == 422
    assert 'href="#contact-email"' in missing.text
    kim = {"contact-given_name": "Kim", "contact-family_name": "Ost"}
    kim |= {"contact-email": "kim@example.org", "contact_comes": "", "together": "y"}
    assert send(visitor, **kim).status_code == 303
    assert stored(app, Registration) == 2
    with app.app_context():
        group = db.session.scalars(select(RegistrationGroup)).one()
        assert (group.email, group.together) == ("kim@example.org", True)
        to_kim = OutboxMessage.recipient == "kim@example.org"
        assert db.session.scalars(select(OutboxMessage.kind).where(to_kim)).all() == [
            "group_registered"
        ]


def test_what_stands_in_the_way_of_one_is_said_with_the_name(visitor, app, grouped):
    hidden = visitor.hidden(FORM)
    change(app, grouped, capacity=1, waiting_list=False)
    answer = visitor.send(FORM, **hidden | OURS)
    assert answer.status_code == 422
    assert "Max Neu:" in pages.words(pages.read(answer))
    assert 'value="Max"' in answer.text
    assert people(app) == []


@pytest.mark.parametrize("adds", [False, True])
def test_nothing_typed_is_lost_when_the_congress_becomes_a_draft(visitor, app, grouped, adds):
    where, more = FORM, MAX
    if adds:
        where = send(visitor).headers["Location"].partition("?")[0] + "/add"
        more = {name.replace("p2", "p1"): value for name, value in MAX.items()}
        more |= {"p1-given_name": "Eva", "people": "1", "privacy_notice": "y"}
    before = people(app)
    form = visitor.hidden(where) | (more if adds else OURS)
    change(app, grouped, state="draft", title={"de": "Geheim"})
    assert visitor.open(where).status_code == 404
    assert visitor.send(where, **form | {"form_token": "x"}).status_code == 404

    answer = visitor.send(where, **form)
    page = pages.read(answer)
    assert answer.status_code == 422
    assert pages.section(page, "rat").get("data-door") == "WITHHELD"
    assert "Geheim" not in answer.text
    assert ("Eva Neu" if adds else "Max Neu") in pages.words(page)

    change(app, grouped, state="published")
    inputs = pages.find_all(pages.get(page, "form", method="post", novalidate=""), "input")
    again = {str(each.get("name")): each.get("value") or "" for each in inputs}
    assert visitor.send(where, **again).status_code == 303
    assert len(people(app)) == len(before) + (1 if adds else 2)


def test_the_contact_changes_cancels_and_adds(visitor, app, page):
    max_ = number(app, "Max")
    chosen = visitor.send(f"{page}/{max_}", **visitor.hidden(f"{page}/{max_}") | {"slot-1": ""})
    assert chosen.status_code == 422
    chosen = visitor.send(
        f"{page}/{max_}", **visitor.hidden(f"{page}/{max_}") | {"slot-1": "workshop-1"}
    )
    assert chosen.status_code == 303
    ask = f"{page}/{max_}/withdraw"
    before = people(app)
    assert visitor.open(ask).status_code == 200
    assert people(app) == before
    assert visitor.send(ask, **visitor.hidden(ask)).status_code == 303
    assert people(app)[1] == ("Max", "cancelled")
    assert "Nicht mehr angemeldet" in visitor.open(page).text
    eva = {name: value.replace("Max", "Eva").replace("max@", "eva@") for name, value in MAX.items()}
    eva = {name.replace("p2", "p1"): value for name, value in eva.items()}
    added = f"{page}/add"
    form = visitor.hidden(added) | eva | {"people": "1", "privacy_notice": "y"}
    for _twice in range(2):
        assert visitor.send(added, **form).status_code == 303
    assert people(app)[2:] == [("Eva", "confirmed")]


def test_nobody_else_is_found_by_the_link(visitor, app, page):
    other = Visitor(app)
    other.own_page(given_name="Ida", email="ida@example.org")
    ida = number(app, "Ida")
    for act in ("", "/withdraw"):
        assert visitor.open(f"{page}/{ida}{act}").status_code == 404
        assert visitor.send(f"{page}/{ida}{act}", **visitor.hidden(page)).status_code in {400, 404}
    with app.app_context():
        assert group_links.token_of(1) in page


def own_page(app, name):
    with app.app_context():
        return f"/registration/{tokens.token_for(number(app, name), TokenPurpose.MANAGE)}"


def test_own_pages_and_organisers_say_who_registered_whom(visitor, app, page):
    max_ = number(app, "Max")
    with app.app_context():
        token = tokens.token_for(max_, TokenPurpose.MANAGE)
    own = pages.read(visitor.open(f"/registration/{token}"))
    assert "Anna Alt ist die Kontaktperson Ihrer Gruppe" in pages.words(own)
    an_organiser(app, "o@example.org", is_administrator=True)
    browser = logged_in(app, "o@example.org")
    shown = browser.get(f"/organiser/fachkongress/attendees/{max_}")
    said = pages.words(pages.get(pages.read(shown), id="group"))
    assert "Als Gruppe angemeldet von Anna Alt" in said
    assert "Mit: Anna Alt (" in said
    assert "Max Neu wurde durch die Kontaktperson einer Gruppe angemeldet." in shown.text
    Visitor(app).own_page(given_name="Ida", email="ida@example.org")
    listed = pages.read(browser.get("/organiser/fachkongress/attendees?group=1"))
    rows = " ".join(pages.words(each) for each in pages.find_all(listed, "th", scope="row"))
    assert "Max" in rows
    assert "Ida" not in rows


def test_whoever_leaves_the_group_keeps_everything_and_is_seen_no_more(visitor, app, page):
    own = own_page(app, "Max")
    for _twice in range(2):
        assert visitor.send(f"{own}/leave-group", **visitor.hidden(own)).status_code == 303
    assert people(app)[1] == ("Max", "confirmed")
    assert "Max" not in visitor.open(page).text
    assert not pages.has(pages.read(visitor.open(own)), id="gruppe")


def test_who_waits_together_reads_why_and_so_do_organisers(visitor, app, grouped):
    change(app, grouped, capacity=2)
    visitor.own_page(given_name="Ida", email="ida@example.org")
    page = send(visitor, together="y").headers["Location"].partition("?")[0]
    assert people(app)[1:] == [("Anna", "waiting"), ("Max", "waiting")]
    hers = pages.words(pages.read(visitor.open(own_page(app, "Anna"))))
    assert "Für Sie ist noch kein Platz frei. Sobald" in hers  # one place is, and two wait
    assert "alle Plätze" not in hers
    change(app, grouped, rules={})  # nobody else can register with a group
    hers = pages.words(pages.read(visitor.open(own_page(app, "Anna"))))
    assert hers.count("noch kein Platz frei") == 2
    change(app, grouped, rules={"group_most": 4})
    own = visitor.open(page)
    assert "2 Personen Ihrer Gruppe warten" in pages.words(pages.read(own))
    an_organiser(app, "o@example.org", is_administrator=True)
    lists = logged_in(app, "o@example.org").get("/organiser/fachkongress/attendees/waiting-lists")
    assert "Es gibt nicht genug Plätze für die ganze Gruppe" in pages.words(pages.read(lists))
    assert visitor.act(page, "part").status_code == 303
    assert people(app)[1:] == [("Anna", "confirmed"), ("Max", "waiting")]


def test_of_a_hybrid_congress_the_contact_reads_who_can_choose_what(visitor, app, grouped):
    change(app, grouped, rules={"group_most": 4, "mode": "hybrid"})
    change_item(app, "workshop-3", mode="onsite")
    change(app, grouped)
    shown = pages.read(visitor.open(FORM))
    options = {each.get("value"): pages.words(each) for each in pages.find_all(shown, "option")}
    assert "nur vor Ort" in options["workshop-3"]
    assert "nur" not in options["workshop-1"]
    assert options["online"] == "Online – Plätze frei"
    modes = {"p1-mode": "onsite", "p2-mode": "online"}
    page = send(visitor, **modes).headers["Location"].partition("?")[0]
    own = pages.read(visitor.open(page))
    for name, mode, closed in (("Anna", "Vor Ort", False), ("Max", "Online", True)):
        person = pages.get(own, "section", aria_labelledby=f"person-{number(app, name)}")
        assert mode in pages.words(person)
        choices = pages.read(visitor.open(f"{page}/{number(app, name)}"))
        card = pages.get(choices, "input", value="workshop-3")
        assert (card.get("disabled") is not None) is closed


def test_how_many_chose_an_option_is_read_once_for_everybody(visitor, app, grouped):
    lunch = OwnQuestion(
        key="lunch",
        kind=QuestionKind.ONE,
        label={"de": "Mittagessen"},
        options=(Option("veggie", {"de": "Vegetarisch"}, most=9),),
        is_required=True,
    )
    change(app, grouped, questions=as_json([lunch]))
    visitor.open(FORM)
    statements = Statements(app)

    shown = visitor.open(FORM)

    assert shown.text.count("Vegetarisch") == 2  # beside each person
    assert len([each for each in statements.seen if "FROM answers" in each]) == 1
