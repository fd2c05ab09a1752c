"""What people of a programme say of themselves, until organisers publish it: on both databases."""

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.contributors import NotAskedAnyMore
from congress.domain.planning.profiles import Profile, ProfileUnseen
from congress.domain.programme import PublicPerson
from congress.extensions import db
from congress.models import Contribution, Contributor, Person
from congress.queries import congresses
from congress.queries.planning import contributors, profiles
from congress.services.planning import introducing, inviting
from tests import builders
from tests.builders import OPEN, add

pytestmark = pytest.mark.usefixtures("database")

COLOGNE = {"de": "Stadt Köln"}
SAID = Profile("Dr. Anna Beispiel", {"de": "Stadt Bonn"}, {"de": "Leitet das Büro."})
ANNA = PublicPerson("Anna Beispiel", COLOGNE, "speaker")


def test_a_draft_is_shown_to_nobody_until_it_is_published_as_it_was_seen():
    congress = builders.a_congress()
    part = builders.a_contribution(builders.a_workshop(congress), affiliation=COLOGNE)
    here, person = congress.id, part.person.id
    inviting.set_address(here, person, "anna@example.org", "de", actor=COMMAND, now=OPEN)
    number = db.session.scalars(select(Contributor.id)).one()
    before = congresses.get_heading(here).revision

    introducing.suggest(number, SAID, now=OPEN)

    assert profiles.get(here, person).draft == SAID
    assert profiles.get(here, person).changes == ("name", "affiliation", "bio")
    assert (profiles.bios(here, [ANNA]), congresses.get_heading(here).revision) == ({}, before)
    assert contributors.outstanding(here).drafts == 1
    with pytest.raises(ProfileUnseen):
        introducing.publish(here, person, seen="another", actor=COMMAND, now=OPEN)
    introducing.publish(here, person, seen=SAID.mark, actor=COMMAND, now=OPEN)

    assert profiles.get(here, person).draft is None
    stored = db.session.get_one(Contribution, part.id, populate_existing=True)
    assert (stored.person.name, stored.affiliation) == (SAID.name, SAID.affiliation)
    named = PublicPerson(SAID.name, SAID.affiliation, "speaker")
    assert profiles.bios(here, [named]) == {SAID.name: SAID.bio}
    assert congresses.get_heading(here).revision > before

    introducing.suggest(number, Profile("Anna", {}, {}), now=OPEN)
    introducing.discard(here, person, seen=Profile("Anna", {}, {}).mark, actor=COMMAND, now=OPEN)
    assert profiles.get(here, person).wanted == SAID

    introducing.suggest(number, Profile("Anna", {}, {"de": "Neu."}), now=OPEN)
    introducing.remove_text(here, person, actor=COMMAND, now=OPEN)
    assert (profiles.bios(here, [named]), profiles.get(here, person).has_text) == ({}, False)
    assert profiles.get(here, person).draft == Profile("Anna", {}, {})  # the name still waits


def test_another_name_stays_in_its_congress_and_who_declined_says_nothing():
    ours, theirs = builders.a_congress(), builders.a_congress(slug="theirs")
    anna = add(Person(name="Anna Beispiel", affiliation=COLOGNE))
    part = builders.a_contribution(builders.a_workshop(ours), anna)
    also = builders.a_contribution(builders.a_workshop(theirs), anna)
    here, person = ours.id, anna.id
    namesake = add(Person(name=SAID.name, affiliation={"de": "Stadt Rheine"}))
    builders.a_contribution(builders.a_workshop(ours), namesake)

    wanted = profiles.get(here, person).wanted.mark
    introducing.write(here, person, SAID, seen=wanted, actor=COMMAND, now=OPEN)
    other = profiles.get(here, namesake.id).wanted
    with pytest.raises(ProfileUnseen):
        introducing.write(here, namesake.id, SAID, seen=wanted, actor=COMMAND, now=OPEN)
    theirs_too = Profile(SAID.name, other.affiliation, {"de": "Eine andere."})
    introducing.write(here, namesake.id, theirs_too, seen=other.mark, actor=COMMAND, now=OPEN)

    changed = db.session.get_one(Contribution, part.id, populate_existing=True)
    kept = db.session.get_one(Contribution, also.id, populate_existing=True)
    assert (changed.person.name, kept.person.name) == (SAID.name, "Anna Beispiel")
    of_bonn = PublicPerson(SAID.name, {"de": "Stadt Bonn"}, "speaker")
    of_nowhere = PublicPerson(SAID.name, {}, "speaker")
    assert profiles.bios(here, [of_bonn]) == {SAID.name: SAID.bio}
    assert profiles.bios(here, [of_nowhere]) == {}

    number = db.session.scalars(
        select(Contributor.id).where(Contributor.person_id == changed.person_id)
    ).one()
    changed.state = "declined"
    db.session.commit()
    with pytest.raises(NotAskedAnyMore):
        introducing.suggest(number, theirs_too, now=OPEN)
