"""The two faces of a programme item: the one it shows, and the one a release would give it."""

from congress.domain.programme import Face, PersonState, PublicPerson
from congress.domain.times.time_slots import TimeSlot
from congress.models import Contribution, ProgrammeItem
from congress.queries.programme import as_face


def working_face(row: ProgrammeItem) -> Face:
    """Return the face an item would have if it were released now.

    Somebody who has not agreed yet takes part without name and affiliation; who
    declined is left out.
    """
    return Face(
        title=row.title,
        abstract=row.abstract,
        slot=TimeSlot(row.starts_at, row.ends_at),
        room=row.room.name if row.room else {},
        people=tuple(
            _public(each) for each in row.contributions if each.state != PersonState.DECLINED
        ),
        cancelled=row.cancelled,
    )


def _public(row: Contribution) -> PublicPerson:
    person = row.person
    if person is None:
        return PublicPerson(name=None, affiliation=row.affiliation, role=row.role)
    if row.state != PersonState.CONFIRMED:
        # "Head of …" would name somebody who has not agreed.
        return PublicPerson(name=None, affiliation={}, role=row.role)
    return PublicPerson(person.name, row.affiliation or person.affiliation, row.role)


def released_face(row: ProgrammeItem) -> Face | None:
    """Return the face an item shows, or None if it was never released."""
    if row.released is None or row.released_starts_at is None or row.released_ends_at is None:
        return None
    return as_face(row.released, row.released_starts_at, row.released_ends_at)
