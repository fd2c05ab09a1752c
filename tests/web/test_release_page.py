"""Publishing asks first: what changes, who is told what, and no change that nobody looked at."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import COMMAND, Role
from congress.domain.planning.release import ChangesUnseen, StateUnreachable
from congress.domain.programme import PublicPerson
from congress.extensions import db
from congress.models import (
    Congress,
    Contribution,
    OutboxMessage,
    Person,
    ProgrammeItem,
    Room,
)
from congress.services import auditing, filling, registering
from congress.web.organiser import change_words
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, hidden, logged_in, post, publish

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/programme/release"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
LATELY = datetime.now(UTC)
PETRA = PublicPerson("Petra Probe", {"de": "Stadt Rheine"}, "dialogue_partner")


@pytest.fixture
def house(app):
    """A congress to come: a workshop with two people, one of whom waits, and an empty one."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
        )
        full = builders.a_workshop(
            congress,
            code="full",
            number=1,
            capacity=1,
            title="Sozialraum",
            starts_at=LATER,
            people=(PETRA,),
        )
        empty = builders.a_workshop(congress, code="empty", number=2, starts_at=LATER)
        for number in (1, 2):
            request = builders.a_request(number, full)
            registering.register(congress.id, request, now=datetime.now(UTC))
        builders.send_everything()
        petra = builders.add(Person(name="Petra Probe", affiliation={"de": "Stadt Rheine"}))
        builders.add(contribution(full, petra))
        ids = {"congress": congress.id, "full": full.id, "empty": empty.id, "petra": petra.id}
    an_organiser(app, "organiser@example.org", {ids["congress"]: Role.ORGANISER})
    an_organiser(app, "programme@example.org", {ids["congress"]: Role.PROGRAMME})
    return ids


def contribution(item, person, state="confirmed"):
    return Contribution(
        item_id=item.id,
        person_id=person.id,
        role="dialogue_partner",
        state=state,
        affiliation={},
        position=person.id,
    )


@pytest.fixture
def organiser(app, house):
    return logged_in(app, "organiser@example.org")


def edit(app, item, **values: Any):  # noqa: ANN401 - columns have many types
    """Change an item and leave the line that every edit leaves."""
    with app.app_context():
        db.session.execute(update(ProgrammeItem).where(ProgrammeItem.id == item).values(**values))
        where: Any = {"congress_id": db.session.get_one(ProgrammeItem, item).congress_id}
        auditing.record("item_edited", actor=COMMAND, now=builders.OPEN, item_id=item, **where)
        db.session.commit()


def set_state(app, house, state):
    with app.app_context():
        db.session.get_one(Congress, house["congress"]).state = state
        db.session.commit()


def replace_petra(app, house):
    with app.app_context():
        anna = builders.add(Person(name="Anna Neu", affiliation={}))
        db.session.execute(update(Contribution).values(person_id=anna.id))
        db.session.commit()


def change(page, code):
    return pages.get(page, "li", id=f"change-{code}")


def told(page, code):
    return pages.numbers(pages.get(change(page, code), class_="told"))


def button(page):
    return pages.get(page, "button", class_="kern-btn kern-btn--primary kern-btn--big")


def title(app, item="full"):
    with app.app_context():
        statement = select(ProgrammeItem.released).where(ProgrammeItem.code == item)
        return db.session.scalars(statement).one()["title"]["de"]


def mails(app):
    with app.app_context():
        queued = select(OutboxMessage.id).where(OutboxMessage.state == "queued")
        return len(db.session.scalars(queued).all())


def test_the_page_says_what_changes_and_who_is_told(app, organiser, house):
    edit(app, house["full"], title={"de": "Quartier"})
    replace_petra(app, house)
    edit(app, house["empty"], cancelled=True)
    page = pages.read(organiser.get(PAGE))
    full, empty = change(page, "full"), change(page, "empty")

    assert [pages.words(each) for each in full.iter("del")] == ["Sozialraum"]
    now = [pages.words(each) for each in full.iter("ins")]
    assert now == ["Quartier", "Anna Neu", "Petra Probe (Stadt Rheine)"]
    assert told(page, "full") == [2]
    assert pages.has(empty, class_="state state--bad")
    assert told(page, "empty") == []
    assert pages.numbers(button(page)) == [2]
    letter = pages.words(pages.get(pages.section(page, "letter"), "pre"))
    assert "Erika" in letter
    assert "Quartier" in letter
    assert mails(app) == 0  # SEC-12: looking changes nothing
    assert title(app) == "Sozialraum"


def test_the_overview_says_what_waits_to_be_published(app, organiser, house):
    def waiting():
        links = pages.find_all(pages.read(organiser.get(HERE)), "a", class_="unpublished")
        return [(link.get("href"), *pages.numbers(link)) for link in links]

    assert waiting() == []
    edit(app, house["full"], title={"de": "Quartier"})
    edit(app, house["empty"], cancelled=True)
    assert waiting() == [(f"{HERE}/programme", 2)]
    assert publish(organiser, HERE) == 303
    assert waiting() == []


def test_publishing_says_how_many_are_told(app, organiser, house):
    edit(app, house["full"], title={"de": "Quartier"})

    assert publish(organiser, HERE) == 303
    notice = pages.get(pages.read(organiser.get(f"{HERE}/programme")), role="status")

    assert pages.numbers(notice) == [1, 2]
    assert mails(app) == 2
    assert title(app) == "Quartier"


def test_what_nobody_has_seen_is_asked_about_again(app, organiser, house):
    edit(app, house["full"], title={"de": "Quartier"})
    seen = hidden(organiser, PAGE, "seen")
    csrf = hidden(organiser, PAGE, "csrf_token")
    edit(app, house["empty"], title={"de": "Inzwischen"})
    answer = organiser.post(PAGE, data={"csrf_token": csrf, "seen": seen})
    page = pages.read(answer)

    assert answer.status_code == 409
    assert pages.words(pages.get(page, role="alert")) == pages.sentence(app, ChangesUnseen())
    assert change(page, "empty") is not None
    assert title(app) == "Sozialraum"
    assert mails(app) == 0
    assert publish(organiser, HERE) == 303
    assert title(app, "empty") == "Inzwischen"


def test_pressed_twice_it_is_published_once_and_says_so(app, organiser, house):
    edit(app, house["full"], title={"de": "Quartier"})
    seen = hidden(organiser, PAGE, "seen")
    form = {"csrf_token": hidden(organiser, PAGE, "csrf_token"), "seen": seen}
    first, second = (organiser.post(PAGE, data=form) for _press in range(2))
    notice = pages.get(pages.read(organiser.get(f"{HERE}/programme?lang=de")), role="status")

    assert (first.status_code, second.status_code) == (303, 303)
    assert "Alles, was im Programm steht, ist bereits veröffentlicht." in pages.words(notice)
    assert "noch nichts" not in pages.words(notice)
    assert mails(app) == 2


def test_a_draft_made_meanwhile_publishes_nothing(app, organiser, house):
    edit(app, house["full"], title={"de": "Quartier"})
    form = {name: hidden(organiser, PAGE, name) for name in ("csrf_token", "seen")}
    set_state(app, house, "draft")
    answer = organiser.post(PAGE, data=form)

    assert answer.status_code == 409
    said = pages.words(pages.get(pages.read(answer), role="alert"))
    assert said == pages.sentence(app, StateUnreachable())
    assert title(app) == "Sozialraum"


@pytest.mark.parametrize("seen", ["", "nonsense", "\x00", "x" * 5000])
def test_no_form_publishes_without_its_changes(app, organiser, house, seen):
    edit(app, house["full"], title={"de": "Quartier"})

    assert post(organiser, PAGE, PAGE, seen=seen) == 409
    assert title(app) == "Sozialraum"


def test_with_nobody_to_tell_it_is_just_published(app, organiser, house):
    edit(app, house["full"], abstract={"de": "Neu beschrieben"})
    page = pages.read(organiser.get(PAGE))

    assert pages.numbers(button(page)) == []
    assert told(page, "full") == []
    assert not pages.has(page, aria_labelledby="letter")
    assert publish(organiser, HERE) == 303
    assert mails(app) == 0


def test_with_nothing_to_publish_there_is_no_form(organiser):
    page = pages.read(organiser.get(PAGE))

    assert not pages.has(page, "input", name="seen")
    assert pages.has(page, "a", href=f"{HERE}/programme")


def test_a_draft_is_published_as_a_whole(app, organiser, house):
    set_state(app, house, "draft")
    edit(app, house["full"], title={"de": "Quartier"})

    assert not pages.has(pages.read(organiser.get(PAGE)), "input", name="seen")


def test_who_may_only_edit_the_programme_reads_nobodys_name(app, house):
    edit(app, house["full"], title={"de": "Quartier"})
    page = pages.read(logged_in(app, "programme@example.org").get(PAGE))

    assert pages.numbers(button(page)) == [2]
    assert pages.has(page, aria_labelledby="letter")
    assert "Erika" not in pages.words(page)
    assert "Muster" not in pages.words(page)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"cancelled": True}, "bad"),
        ({"title": {"de": "Neu"}}, "few"),
        ({"released": None, "released_starts_at": None, "released_ends_at": None}, "few"),
    ],
)
def test_each_change_has_its_word(app, organiser, house, values, kind):
    edit(app, house["empty"], **values)
    badge = pages.get(
        change(pages.read(organiser.get(PAGE)), "empty"), "span", class_=f"state state--{kind}"
    )

    assert pages.words(badge)


def test_what_takes_place_after_all_says_so(app, organiser, house):
    edit(app, house["empty"], cancelled=True)
    assert publish(organiser, HERE) == 303
    edit(app, house["empty"], cancelled=False)

    assert pages.has(change(pages.read(organiser.get(PAGE)), "empty"), class_="state state--ok")


def test_warnings_stand_in_the_question_and_stop_nobody(app, organiser, house):
    assert not pages.has(pages.read(organiser.get(PAGE)), aria_labelledby="warnings")
    with app.app_context():
        congress = house["congress"]
        room = builders.add(Room(congress_id=congress, code="r", name={"de": "Saal"}, position=1))
        db.session.execute(update(ProgrammeItem).values(room_id=room.id))
        db.session.commit()
    page = pages.read(organiser.get(PAGE))

    assert pages.numbers(pages.get(pages.section(page, "warnings"), "h2")) == [1]
    assert publish(organiser, HERE) == 303


def test_opening_a_finished_congress_says_who_moves_up(app, organiser, house):
    page = f"{HERE}/state?to=published"
    set_state(app, house, "finished")
    before = pages.read(organiser.get(page))
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(capacity=2))
        db.session.commit()
    after = pages.read(organiser.get(page))

    assert pages.numbers(button(before)) == []
    assert pages.numbers(button(after)) == [1]
    assert mails(app) == 0
    assert change_state(organiser, HERE, "published") == 303
    assert mails(app) == 1


@pytest.mark.slow
def test_the_page_takes_the_same_statements_for_a_few_and_for_very_many(app, organiser, house):
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        builders.a_workshop(congress, code="large", number=3, capacity=None, starts_at=LATER)
        db.session.execute(update(ProgrammeItem).values(title={"de": "Umbenannt"}))
        db.session.commit()
        filling.fill(house["congress"], seed=1, first=10, count=20, total=30, now=LATELY)
    few = looked_at(organiser)
    with app.app_context():
        filling.fill(house["congress"], seed=2, first=30, count=700, total=730, now=LATELY)
    many = looked_at(organiser)

    assert few[0] < 30
    assert many[0] > 500  # more than one batch of anything
    assert many[1] == few[1]
    assert few[1] <= 25


def looked_at(client):
    """Return how many people would be told, and what the page took to say so."""
    client.get(PAGE)
    with count_queries() as statements:
        page = pages.read(client.get(PAGE))
    return pages.numbers(button(page))[0], len(statements)


@pytest.mark.sqlite_only
def test_another_room_is_named_once_as_whoever_reads_it_calls_it(app):
    three, two = {"de": "Raum 3", "en": "Room 3"}, {"de": "Raum 2", "en": "Room 2"}
    with app.test_request_context("/?lang=de"):

        def said(before, after):
            lines = change_words.of_names("Raum", before, after)
            return [(line.name, line.before, line.after) for line in lines]

        assert said(three, two) == [("Raum", "Raum 3", "Raum 2")]
        assert said(three, {}) == [("Raum", "Raum 3", "keine Angabe")]
        assert said({"de": "Raum 3"}, three) == [("Raum (en)", "keine Angabe", "Room 3")]
