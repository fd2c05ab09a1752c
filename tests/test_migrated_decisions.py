"""What was decided by hand before an assignment, as migrations find and leave it."""

import flask_migrate
from sqlalchemy import select

from congress.extensions import db
from congress.models import AssignmentOutcome, WishDecision
from tests.builders import OPEN, STARTS, a_congress, a_registration, a_workshop, add
from tests.test_migrations import FOLDER
from tests.wishes import a_run, an_outcome


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


def test_what_was_released_ended_with_that_before(database):
    """REL-40: down and up again; what is still to be released stays."""
    congress = a_congress()
    items = [a_workshop(congress) for _each in range(2)]
    ann = a_registration(congress)
    an_outcome(a_run(congress), ann, items[0], slot=items[0], how="held")
    about = {"congress_id": congress.id, "registration_id": ann.id, "is_given": True}
    for item, moment in zip(items, (OPEN, None), strict=True):
        add(WishDecision(item_id=item.id, decided_at=OPEN, released_at=moment, **about))
    waits = items[1].id
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0107")
    flask_migrate.upgrade(directory=FOLDER)

    assert db.session.scalars(select(WishDecision.item_id)).all() == [waits]
    assert db.session.scalars(select(AssignmentOutcome.how)).all() == ["booked"]
