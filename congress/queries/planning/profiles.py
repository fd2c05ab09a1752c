"""What people of a programme say of themselves: as shown, and as drafts."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from congress.domain.congresses import CongressState
from congress.domain.planning.profiles import Introduced, Profile, from_json
from congress.domain.programme import PublicPerson
from congress.domain.texts import Texts, written
from congress.extensions import db
from congress.models import Contributor, Person
from congress.queries import congresses
from congress.queries.programme import released_items


def get(congress_id: int, person_id: int) -> Introduced:
    """Return what a congress shows of somebody in its programme."""
    row = db.session.execute(
        select(Person.name, Person.affiliation, Contributor.bio, Contributor.draft)
        .outerjoin(
            Contributor,
            (Contributor.person_id == Person.id) & (Contributor.congress_id == congress_id),
        )
        .where(Person.id == person_id)
    ).one()
    current = Profile(row.name, written(row.affiliation), written(row.bio or {}))
    return Introduced(current, from_json(row.draft) if row.draft else None)


def bios(congress_id: int, people: Collection[PublicPerson]) -> dict[str, Texts]:
    """Return by name what is shown of people who are named in public."""
    names = [each.name for each in people if each.name]
    if not names:
        return {}
    rows = db.session.execute(
        select(Person.name, Person.affiliation, Contributor.bio)
        .join(Person, Person.id == Contributor.person_id)
        .where(Contributor.congress_id == congress_id, Person.name.in_(names))
    ).all()
    return {name: row.bio for name, row in chosen(rows, people).items() if row.bio}


def named(congress_id: int) -> frozenset[int]:
    """Return who is named on public pages, of those of whom a congress knows more than a name."""
    if congresses.get_heading(congress_id).state is CongressState.DRAFT:
        return frozenset()
    rows = db.session.execute(
        select(Person.id, Person.name, Person.affiliation)
        .join(Contributor, Contributor.person_id == Person.id)
        .where(Contributor.congress_id == congress_id)
    ).all()
    faces = [item.face for item in released_items(congress_id)]
    return frozenset(row.id for face in faces for row in chosen(rows, face.people).values())


def chosen(rows: Sequence[Any], people: Collection[PublicPerson]) -> dict[str, Any]:
    """Return by name the row of each of these people; rows have a name and an affiliation.

    Two of one name are told apart by their organisation, else nothing is said of either.
    """
    found: dict[str, Any] = {}
    for person in people:
        of_name = [row for row in rows if row.name == person.name]
        same = [row for row in of_name if row.affiliation == person.affiliation]
        fitting = of_name if len(of_name) == 1 else same
        if person.name and len(fitting) == 1:
            found[person.name] = fitting[0]
    return found
