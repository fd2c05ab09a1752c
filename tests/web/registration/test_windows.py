"""Changes and cancelling each have an end, and the page of one's own says which."""

from datetime import timedelta

from congress.domain.access import COMMAND
from congress.extensions import db
from congress.services import registering
from congress.services.planning import releasing
from tests import builders
from tests.builders import CLOSES, OPEN
from tests.web import pages
from tests.web.registration.visitors import change


def test_each_window_is_said_with_its_own_end(visitor, app, congress, on_a_day):
    later, earlier = CLOSES + timedelta(days=5), CLOSES - timedelta(days=2)
    page = visitor.own_page(slot_1="workshop-1")
    change(app, congress, changes_until=later, withdrawals_until=earlier)
    on_a_day.move_to(CLOSES)

    own = pages.read(visitor.open(page))
    assert pages.has(own, "form", action=f"{page}/workshops")
    assert "bis einschließlich 12. Oktober 2015" in pages.words(own)
    assert not pages.has(own, "a", href=f"{page}/withdraw")
    assert "zurückgeben konnten Sie hier bis einschließlich 5. Oktober 2015" in pages.words(own)
    form = visitor.hidden(page)
    shut = visitor.open(f"{page}/withdraw")
    assert "zurückgeben konnten Sie hier bis einschließlich 5. Oktober 2015" in shut.text
    refused = visitor.send(f"{page}/withdraw", **form)
    assert refused.status_code == 422
    assert "Hier können Sie sich nicht mehr abmelden" in refused.text
    changed = visitor.send(f"{page}/workshops", **form, **{"slot-1": "workshop-2"})
    assert changed.status_code == 303
    on_a_day.move_to(later)
    assert not pages.has(pages.read(visitor.open(page)), "form", action=f"{page}/workshops")


def test_one_of_two_workshops_at_one_time_can_be_given_up_after_the_last_day(app, on_a_day):
    """Whoever has both was asked to choose by mail."""
    with app.app_context():
        congress = builders.a_congress(withdrawals_until=CLOSES)
        early = builders.WORKSHOPS_START - timedelta(hours=3)
        first = builders.a_workshop(congress, number=1, starts_at=early)
        second = builders.a_workshop(congress, number=2)
        request = builders.a_request(1, first, second)
        token = registering.register(congress.id, request, now=OPEN).token
        first.starts_at, first.ends_at = second.starts_at, second.ends_at
        db.session.commit()
        releasing.release(congress.id, actor=COMMAND, now=OPEN)
    on_a_day.move_to(CLOSES)
    visitor, page = app.test_client(), f"/registration/{token}"

    asked = pages.get(pages.read(visitor.get(page)), "section", data_overlaps="")
    first_answer = next(asked.iter("form"))
    assert "nicht mehr" not in pages.words(asked)
    hidden = {each.get("name"): each.get("value") for each in first_answer.iter("input")}
    assert visitor.post(first_answer.get("action"), data=hidden).status_code == 303
    assert "data-overlaps" not in visitor.get(page).text


def test_whoever_waits_can_stop_after_the_last_day_to_give_places_back(app, on_a_day):
    with app.app_context():
        congress = builders.a_congress(withdrawals_until=CLOSES)
        full = builders.a_workshop(congress, number=1, capacity=1)
        place, queue = (
            registering.register(congress.id, builders.a_request(number, full), now=OPEN).token
            for number in (1, 2)
        )
    on_a_day.move_to(CLOSES)
    visitor = app.test_client()
    words = {token: visitor.get(f"/registration/{token}?lang=de").text for token in (place, queue)}
    assert "Nicht länger warten" in words[queue]
    assert "Diesen Platz zurückgeben" not in words[place]
    assert "Anderen Workshop anfragen" not in words[queue]  # one waits for all there is
    assert "Workshop 1" not in visitor.get(f"/registration/{queue}/request").text
