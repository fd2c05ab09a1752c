"""Changes and cancelling each have an end, and the page of one's own says which."""

from datetime import timedelta

from tests.builders import CLOSES
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
