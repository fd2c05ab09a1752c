"""The Social Day of the demo: one is always to come, with placements in all three sectors."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from congress.cli import demo_moments as demo
from congress.cli.demo_moments import at
from congress.domain.access import COMMAND
from congress.domain.congresses import CongressKind
from congress.domain.hosts import NOBODY, Host
from congress.domain.network.organisations import Sector
from congress.formats.holidays_calendar import public_holiday
from congress.queries.congresses import public_congresses
from congress.services import filling
from congress.services.planning import hosting

FILE = "social-day"
AHEAD = timedelta(weeks=9)
WEEK = timedelta(weeks=1)
VOLUNTEERS = 27
# By the code of the placement.
HOSTS: Mapping[str, Host] = {
    "gruppenraum": Host("Jugendzentrum Beispielhausen", Sector.CIVIL),
    "hochbeete": Host("Grundschule am Musterplatz", Sector.PUBLIC),
    "bewerbungen": Host("Malerbetrieb Muster GmbH", Sector.BUSINESS),
    "ausflug": Host("Seniorenzentrum Musterstadt gGmbH", Sector.CIVIL),
}


def load_social_day(*, today: date) -> None:
    """Publish the next Social Day unless one can register for one, and let people register."""
    if _takes_registrations(today):
        return
    plan = demo.moved_to(demo.plan_of(FILE), today + AHEAD)
    while public_holiday(plan.first_day):
        plan = demo.moved_to(plan, plan.first_day + WEEK)
    day, yesterday = plan.first_day, today - timedelta(days=1)
    number = demo.publish(replace(plan, slug=f"{FILE}-{day.isoformat()}"), on=today - 2 * WEEK)
    for code, host in HOSTS.items():
        hosting.say(number, code, host, version=NOBODY.version, actor=COMMAND, now=at(yesterday))
    filling.fill(number, seed=2, first=0, count=VOLUNTEERS, total=VOLUNTEERS, now=at(yesterday))


def _takes_registrations(today: date) -> bool:
    """Return whether there is a Social Day for which one can register on a day."""
    return any(
        congress.kind is CongressKind.SOCIAL_DAY and at(today) < congress.period.closes_at
        for congress in public_congresses()
    )
