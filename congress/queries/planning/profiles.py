"""What people of a programme say of themselves: as shown, and as drafts."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from congress.domain.planning.profiles import Introduced, Profile, from_json
from congress.domain.programme import PublicPerson
from congress.domain.texts import Texts, written
from congress.extensions import db
from congress.models import Contributor, Person


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


def bios(congress_id: int, people: Iterable[PublicPerson]) -> Mapping[str, Texts]:
    """Return by name what is shown of people who are named in public.

    Two of one name are told apart by their organisation, else nothing is said of either.
    """
    named = {each.name: each.affiliation for each in people if each.name}
    if not named:
        return {}
    rows = db.session.execute(
        select(Person.name, Person.affiliation, Contributor.bio)
        .join(Person, Person.id == Contributor.person_id)
        .where(Contributor.congress_id == congress_id, Person.name.in_(named))
    ).all()
    found: dict[str, Texts] = {}
    for name, affiliation in named.items():
        of_name = [row for row in rows if row.name == name]
        same = [row for row in of_name if row.affiliation == affiliation]
        chosen = of_name if len(of_name) == 1 else same
        if len(chosen) == 1 and chosen[0].bio:
            found[name] = chosen[0].bio
    return found
