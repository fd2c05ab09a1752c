"""What was decided by hand before an assignment, as migrations find and leave it."""

import flask_migrate
from sqlalchemy import select

from congress.extensions import db
from congress.models import WishDecision
from tests.builders import OPEN, STARTS, a_congress, a_registration, a_workshop, add
from tests.test_migrations import FOLDER


def test_workshops_ruled_out_in_one_step_were_all_of_a_time(database):
    """REL-40: down and up again; what was ruled out one after the other stays as it was."""
    congress = a_congress()
    items = [a_workshop(congress).id for _each in range(2)]
    ann, ben = (a_registration(congress).id for _each in range(2))
    for person, moments in ((ann, (OPEN, OPEN)), (ben, (OPEN, STARTS))):
        about = {"congress_id": congress.id, "registration_id": person, "is_given": False}
        for item, moment in zip(items, moments, strict=True):
            add(WishDecision(item_id=item, decided_at=moment, **about))
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0105")
    flask_migrate.upgrade(directory=FOLDER)

    of_time = select(WishDecision.registration_id).where(WishDecision.of_time)
    assert list(db.session.scalars(of_time)) == [ann, ann]
