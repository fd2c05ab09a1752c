"""What the page of a contact says of others: how they take part, wait, ask, are offered a place."""

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND, Actor, ActorKind
from congress.domain.room import ByHand
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AuditLine, Congress, HandOver, OutboxMessage
from congress.services import admitting, changing, hand_overs, tokens
from congress.services.planning import releasing
from tests.builders import OPEN, an_item
from tests.web import pages
from tests.web.registration.rankings import UNTIL
from tests.web.registration.test_groups import number, own_page, people, send
from tests.web.registration.visitors import Visitor, change

pytestmark = pytest.mark.sqlite_only

ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)


@pytest.fixture
def grouped(app, congress):
    """A congress in which up to four people are a group."""
    change(app, congress, rules={"group_most": 4})
    return congress


def test_the_contact_changes_who_takes_part_online(visitor, app, grouped):
    with app.app_context():
        an_item(db.session.get_one(Congress, grouped))  # that nobody books
    change(app, grouped, rules={"group_most": 4, "mode": "hybrid"})
    modes = {"p1-mode": "onsite", "p2-mode": "online"}
    page = send(visitor, **modes).headers["Location"].partition("?")[0]
    anna = f"{page}/{number(app, 'Anna')}"
    assert visitor.act(anna, "mode", mode="nowhere").status_code == 400
    assert visitor.act(anna, "mode", mode="online").status_code == 303
    said = pages.words(
        pages.get(pages.read(visitor.open(anna)), "section", aria_labelledby="teilnahme")
    )
    assert "Anna Alt nimmt teil: Online" in said
    own = pages.words(pages.read(visitor.open(page)))
    assert "Auswahl von Anna Alt" in own
    change(app, grouped, online_capacity=1, online_overbooked=1)
    max_ = f"{page}/{number(app, 'Max')}"
    assert visitor.act(max_, "mode", mode="onsite").status_code == 303
    refused = visitor.act(max_, "mode", mode="online")
    assert refused.status_code == 422
    assert "Kein Platz ist frei: online" in refused.text
    withdraw = f"{page}/{number(app, 'Anna')}/withdraw"
    visitor.send(withdraw, **visitor.hidden(withdraw))
    gone = pages.get(
        pages.read(visitor.open(page)), aria_labelledby=f"person-{number(app, 'Anna')}"
    )
    assert "Online" not in pages.words(gone)


def test_what_the_contact_picked_stays_where_changes_end_meanwhile(visitor, app, grouped):
    page = send(visitor).headers["Location"].partition("?")[0]
    anna = f"{page}/{number(app, 'Anna')}"
    picked = visitor.hidden(anna) | {"slot-1": "workshop-2"}
    change(app, grouped, changes_until=OPEN)
    answer = visitor.send(anna, **picked)
    assert answer.status_code == 422
    own = pages.read(answer)
    assert pages.has(own, "input", value="workshop-2", checked="")


def test_of_a_request_and_a_waiting_list_the_contact_reads_what_holds_for_the_other(
    visitor, app, grouped
):
    change(app, grouped, rules={"group_most": 4, "approval": "held"})
    page = send(visitor).headers["Location"].partition("?")[0]
    max_ = f"{page}/{number(app, 'Max')}"
    assert "Anfrage von Max Neu zurückziehen …" in visitor.open(page).text
    asked = pages.words(pages.read(visitor.open(f"{max_}/withdraw")))
    assert "Anfrage von Max Neu zurückziehen?" in asked
    assert "abmelden" not in asked
    change(app, grouped, rules={"group_most": 4})
    Visitor(app).own_page(slot_1="workshop-2", given_name="Ida", email="ida@example.org")
    with app.app_context():
        admitting.accept(grouped, number(app, "Max"), by_hand=ByHand(), actor=ORGANISER, now=OPEN)
    card = pages.words(pages.read(visitor.open(max_)))
    assert "Alle Plätze sind vergeben. Max Neu kommt auf die Warteliste." in card
    assert "Sie kommen auf die Warteliste" not in card


def test_an_offer_to_a_group_says_that_one_answers_for_all(visitor, app, grouped):
    change(app, grouped, capacity=2, rules={"group_most": 4, "offer_hours": 24})
    for name in ("Adam", "Berta"):
        visitor.own_page(given_name=name, email=f"{name.lower()}@example.org")
    page = send(visitor, together="y").headers["Location"].partition("?")[0]
    with app.app_context():
        for registration in (1, 2):
            changing.withdraw(registration, actor=ATTENDEE, now=OPEN)
        token = tokens.token_for(number(app, "Max"), TokenPurpose.MANAGE)
    assert people(app)[2:] == [("Anna", "offered"), ("Max", "offered")]
    for address, number_said in (
        (page, "Für 2 Personen Ihrer Gruppe"),
        (f"/registration/{token}", "Die Plätze sind 2 Personen Ihrer Gruppe gemeinsam angeboten"),
    ):
        said = pages.words(pages.read(visitor.open(address)))
        assert number_said in said
        assert "nimmt für alle an" in said
    declines = pages.words(pages.read(visitor.open(f"/registration/{token}/decline")))
    assert "Die anderen Ihrer Gruppe behalten das Angebot." in declines
    max_ = f"{page}/{number(app, 'Max')}"
    form = visitor.hidden(page)
    assert visitor.send(f"{max_}/accept", **form | {"workshop": "999"}).status_code == 404
    assert "Für alle annehmen" in visitor.open(page).text
    assert visitor.send(f"{max_}/accept", **form).status_code == 303
    assert people(app)[2:] == [("Anna", "confirmed"), ("Max", "confirmed")]
    assert "Für alle annehmen" not in visitor.open(page).text
    assert visitor.send(f"{max_}/withdraw", **form).status_code == 303
    late = visitor.send(f"{max_}/accept", **form)
    assert late.status_code == 422
    assert "Es wurde nichts geändert." in late.text


def test_whoever_comes_instead_of_one_of_a_group_is_told_of_its_contact(visitor, app, grouped):
    group = send(visitor).headers["Location"].partition("?")[0]
    own = own_page(app, "Max")
    typed = {"given_name": "Klara", "family_name": "Neu", "email": "klara@example.org"}
    address = f"{own}/substitute"
    assert visitor.send(address, **visitor.hidden(address) | typed).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(HandOver)).one()
        link = "/substitute/" + str(hand_overs.link_for(row.id, row.email)).rpartition("/")[2]
    asked = pages.read(Visitor(app).open(link))
    assert "Kontaktperson Anna Alt" in pages.words(pages.get(asked, id="contact"))

    colleague = Visitor(app)
    sent = typed | {"privacy_notice": "y"}
    answer = colleague.send(link, **colleague.hidden(link) | sent)
    assert answer.status_code == 303, answer.text
    said = pages.words(pages.read(colleague.open(answer.headers["Location"])))
    assert "Anna Alt ist die Kontaktperson Ihrer Gruppe und kann Ihre Plätze sehen" in said
    assert "angemeldet und kann" not in said  # Anna registered somebody else
    with app.app_context():
        facts = select(OutboxMessage.facts).where(OutboxMessage.kind == "confirmed")
        letter = db.session.scalars(facts.where(OutboxMessage.recipient == typed["email"])).one()
        assert letter["contact_of_group"] == "Anna Alt"
    assert "Klara Neu" in visitor.open(group).text


def test_the_contact_reads_that_nobody_has_a_place_in_what_is_called_off(visitor, app, grouped):
    group = send(visitor).headers["Location"].partition("?")[0]
    assert "Platz bestätigt" in pages.words(pages.read(visitor.open(group)))
    with app.app_context():
        releasing.call_off(grouped, actor=COMMAND, now=OPEN)
    said = pages.words(pages.read(visitor.open(group)))
    assert "Platz bestätigt" not in said
    assert said.count("Fällt aus") >= 3  # both people, and a workshop


def test_where_places_go_by_wishes_each_ranks_and_the_contact_says_how_they_sit(
    visitor, app, grouped, on_a_day
):
    change(app, grouped, rules={"group_most": 4, "allocation": "wishes"}, wishes_until=UNTIL)
    form = pages.read(visitor.open("/fachkongress/register/group"))
    assert pages.has(form, id="ranked")
    assert not pages.has(form, name="p1-slot-1")
    nothing = {"p1-slot-1": "", "p2-slot-1": ""}
    page = send(visitor, **nothing).headers["Location"].partition("?")[0]

    anna = f"{page}/{number(app, 'Anna')}"
    ranks = "kann Anna Alt bis 2. Oktober 2015"
    assert ranks in pages.words(pages.read(visitor.open(anna)))
    assert visitor.act(page, "seats", in_workshops="elsewhere").status_code == 400
    assert visitor.act(page, "seats", in_workshops="apart").status_code == 303

    own = pages.read(visitor.open(page))
    chosen = pages.get(own, "select", name="in_workshops")
    assert [each.get("value") for each in chosen if each.get("selected") is not None] == ["apart"]
    with app.app_context():
        lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "group_seated"))
        assert [line.details["in_workshops"] for line in lines] == ["apart"]
    late = visitor.hidden(page) | {"in_workshops": "together"}
    on_a_day.move_to(UNTIL)
    assert visitor.send(f"{page}/seats", **late).status_code == 422
    kept = pages.section(pages.read(visitor.open(page)), "seats")
    assert "alle in verschiedenen Workshops" in pages.words(kept)
    said = pages.words(pages.read(visitor.open(anna)))
    assert "Jetzt werden die Plätze vergeben" in said
    assert ranks not in said
