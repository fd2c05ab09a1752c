"""The year 2015/16 of the demo, as the seed tells it, and what is always under way.

Whatever is there already stays as it is. Mails are written, as the services do, and none is
delivered: they count as delivered long ago.
"""

from datetime import date

from congress.cli.demo_contacts import load_contacts
from congress.cli.demo_course import load_courses
from congress.cli.demo_meetings import load_meetings
from congress.cli.demo_projects import load_projects
from congress.cli.demo_social_day import load_social_day
from congress.cli.demo_steering import load_steering_group
from congress.cli.demo_wishes import load_ideas
from congress.cli.demo_workshops import load_workshops
from congress.services.mails.undelivered import nothing_delivered


def load_year(*, today: date) -> None:
    """Load what is missing of it; the network has to be there."""
    with nothing_delivered():
        load_meetings(today=today)
        load_courses(today=today)
        load_workshops(today=today)
        load_social_day(today=today)
        load_ideas(today=today)
        load_projects(today=today)
        load_steering_group()
        load_contacts(today=today)
