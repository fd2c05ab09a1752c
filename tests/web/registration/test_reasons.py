"""On each page, before anything is filled in: why one cannot register, and what one can do."""

from datetime import timedelta

import pytest

from congress.domain import conditions
from congress.domain.registration import NoMailbox
from tests.builders import LATE, OPEN, STARTS
from tests.web import pages
from tests.web.registration.visitors import change, change_item

pytestmark = pytest.mark.sqlite_only  # what pages say

WORKSHOP, FORM = "/fachkongress/programme/workshop-1", "/fachkongress/register"
FULL = {"capacity": 0, "waiting_list": False}


@pytest.mark.parametrize(
    ("moment", "congress_is", "item_is", "said"),
    [
        (
            None,
            {"opens_at": OPEN + timedelta(days=1)},
            {},
            "Die Anmeldung ist noch nicht geöffnet.",
        ),
        (LATE, {}, {}, "Die Anmeldung ist geschlossen."),
        (None, FULL, {}, "Die Veranstaltung ist ausgebucht."),
        (None, {"state": "finished"}, {}, "Die Veranstaltung ist vorbei."),
        (None, {}, FULL, "„Junges Engagement“ ist ausgebucht."),
    ],
    ids=["not yet", "closed", "full", "over", "workshop full"],
)
def test_the_page_of_a_workshop_says_why(
    visitor, app, congress, on_a_day, moment, congress_is, item_is, said
):
    change_item(app, "workshop-1", **item_is)
    change(app, congress, contact_email="orga@example.org", **congress_is)
    if moment:
        on_a_day.move_to(moment)

    page = pages.read(visitor.open(WORKSHOP))

    assert said in pages.words(pages.get(page, id="warum-nicht"))
    assert not pages.has(page, href=FORM)


@pytest.mark.parametrize(
    ("moment", "item_is", "said"),
    [
        (OPEN, {"taken": 0}, "Workshops wählen Sie im Anmeldeformular"),
        (OPEN, {"capacity": 1, "taken": 1}, "niemand ist vor Ihnen"),
        (STARTS, {"capacity": 1, "taken": 1}, "rückt niemand mehr"),
    ],
    ids=["free", "waiting list", "begun"],
)
def test_the_page_of_a_workshop_says_what_joining_means(
    visitor, app, congress, on_a_day, moment, item_is, said
):
    change_item(app, "workshop-1", **item_is)
    change(app, congress, closes_at=STARTS + timedelta(hours=1))
    on_a_day.move_to(moment)

    page = pages.read(visitor.open(WORKSHOP))

    assert said in pages.words(pages.section(page, "auf-einen-blick"))
    assert pages.has(page, href=FORM)


@pytest.mark.parametrize(
    ("item_is", "said"),
    [
        (FULL, "Alle Plätze sind vergeben, auch die Warteliste ist geschlossen."),
        ({"cancelled": True}, "Bitte wählen Sie etwas anderes."),
    ],
    ids=["full", "called off"],
)
def test_what_cannot_be_chosen_is_shown_with_the_reason(visitor, app, congress, item_is, said):
    change_item(app, "workshop-1", **item_is)
    change(app, congress)

    page = pages.read(visitor.open(FORM))

    [box] = pages.find_all(page, "input", name="slot-1", value="workshop-1")
    assert box.get("disabled") is not None
    assert said in pages.words(pages.get(page, id=box.get("aria-describedby").split()[-1]))


@pytest.mark.parametrize("path", ["/fachkongress", WORKSHOP, FORM])
def test_a_further_rule_is_said_on_every_page_without_words_in_any_template(
    visitor, congress, monkeypatch, path
):
    """A condition and its sentence in `refusals` are all that a rule needs."""
    doors = (*conditions.REGISTERING, lambda *_asked: NoMailbox())
    monkeypatch.setattr(conditions, "REGISTERING", doors)

    page = pages.read(visitor.open(path))

    words = pages.words(pages.get(page, "main"))
    assert "Es gibt keine E-Mail-Adresse" in words
    assert "Tragen Sie" in words
    assert not pages.has(page, name="given_name")
    assert not pages.has(page, href=FORM)
