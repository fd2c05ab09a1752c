"""A congress that nobody knew before."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind, Role
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.planning.first_plan import Essentials, first_plan
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import ItemKind
from congress.domain.times import local_time
from congress.domain.times.time_slots import TimeSlot
from congress.models import AuditLine, CongressRole
from congress.queries.congresses import find_congress
from congress.queries.planning.congress_files import find_plan
from congress.services.logins import accounts
from congress.services.planning.copying import SlugNotUsable, SlugTaken
from congress.services.planning.setting_up import set_up
from tests.builders import a_congress, an_organisation

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
DAY = TimeSlot(*(local_time.moment(datetime(2027, 1, 20, hour), BERLIN) for hour in (9, 17)))
ESSENTIALS = Essentials(
    slug="netze-2027",
    title="Netze",
    kind=CongressKind.FACHKONGRESS,
    days=(DAY,),
    deadline=date(2027, 1, 6),
    opens=None,
    capacity=100,
    town="Lünen",
    venue="",
    address="",
    lead="",
    host="stadt  LÜNEN",
    funder="Land",
    contact_email="info@example.org",
    timezone="Europe/Berlin",
)
WORKSHOP = ItemPlan(
    "workshop-1", ItemKind.WORKSHOP, {"de": "Netze"}, DAY, number=1, bookable=True, places=20
)


def plan(slug: str = ESSENTIALS.slug):
    return first_plan(replace(ESSENTIALS, slug=slug), (), (WORKSHOP,), now=NOW)


def test_a_new_congress_is_a_draft_of_whoever_made_it(session):
    an_organisation()  # "Stadt Lünen", known already
    account = accounts.invite("a@example.org", actor=Actor(ActorKind.COMMAND), now=NOW)
    congress_id = set_up(plan(), actor=Actor(ActorKind.ORGANISER, account), now=NOW)

    found = find_congress("netze-2027")
    assert (found.id, found.state) == (congress_id, CongressState.DRAFT)
    assert [each.name for each in found.organisations] == ["Stadt Lünen", "Land"]
    assert find_plan("netze-2027").items == (WORKSHOP,)
    assert found.period.opens_at == NOW
    assert found.period.closes_at == datetime(2027, 1, 6, 23, 0, tzinfo=UTC)  # the day counts
    roles = session.scalars(select(CongressRole).where(CongressRole.congress_id == congress_id))
    assert [(each.user_id, each.role) for each in roles] == [(account, Role.ORGANISER)]
    verbs = session.scalars(select(AuditLine.verb).where(AuditLine.congress_id == congress_id))
    assert list(verbs) == ["congress_set_up"]


def test_a_name_that_is_taken_or_of_no_use_is_refused(session):
    a_congress(slug="taken")
    actor = Actor(ActorKind.COMMAND)

    with pytest.raises(SlugTaken):
        set_up(plan(slug="taken"), actor=actor, now=NOW)
    for slug in ("organiser", "new", "Ä"):
        with pytest.raises(SlugNotUsable):
            set_up(plan(slug=slug), actor=actor, now=NOW)
