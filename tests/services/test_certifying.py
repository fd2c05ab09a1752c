"""Certificates on both databases: issued once to each, and founded on who was there."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.certificates import NothingToCertify, NotOverYet, SignatureEditedMeanwhile
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import Attendance, AuditLine, Certificate
from congress.queries import certificates as queries
from congress.queries.congresses import get_congress
from congress.queries.registrations import get_own
from congress.services import certifying, correcting, printing_certificates
from tests.builders import ENDS, STARTS, a_congress, a_registration, a_workshop, add
from tests.queries_counter import count_queries

DAY = STARTS.date()


def came(person, item_id=None):
    add(Attendance(registration_id=person.id, day=DAY, came_at=STARTS, item_id=item_id))


def test_each_gets_one_of_what_is_known_of_them(session):
    row = a_congress()
    workshop = a_workshop(row)
    eva, max_, _away = (a_registration(row, given_name=name) for name in ("Eva", "Max", "Anna"))
    for person in (eva, max_):
        came(person)
    came(eva, workshop.id)
    assert certifying.issue(row.id, actor=COMMAND, now=ENDS) == 2
    assert certifying.issue(row.id, eva.id, actor=ATTENDEE, now=ENDS) == 0
    congress = get_congress(row.id)
    first, second = certifying.standing(congress).papers
    assert [len(first.said.workshops), len(second.said.workshops)] == [1, 0]
    assert certifying.checked(congress, first.code, first.name) is True
    assert certifying.checked(congress, first.code, second.name) is False
    assert certifying.checked(congress, "0000-0000-0000-0000", first.name) is None
    made = printing_certificates.make_file(row.id, eva.id, language="de", actor=ATTENDEE, now=ENDS)
    assert made is not None
    assert (made.count, made.name) == (1, f"{row.slug}-teilnahmebescheinigung.pdf")
    db.session.query(Attendance).filter_by(registration_id=eva.id, item_id=workshop.id).delete()
    db.session.commit()
    assert certifying.checked(congress, first.code, first.name) is False
    assert certifying.issue(row.id, actor=COMMAND, now=ENDS) == 1
    assert db.session.query(Certificate).count() == 3


def test_of_very_many_some_are_issued_and_printed_at_once(session, monkeypatch):
    row = a_congress()
    for name in ("Adler", "Birke", "Clausen"):
        came(a_registration(row, family_name=name))
    monkeypatch.setattr(certifying, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(printing_certificates, "MOST_IN_A_FILE", 2)
    assert [certifying.issue(row.id, actor=COMMAND, now=ENDS) for _ in range(3)] == [2, 1, 0]
    made = [
        printing_certificates.make_file(row.id, part=part, language="de", actor=COMMAND, now=ENDS)
        for part in (1, 2, 3)
    ]
    assert [each and each.count for each in made] == [2, 1, None]


def test_who_has_one_and_who_needs_one_is_told_by_name(session):
    row = a_congress()
    zoe, ada, bo, _away = (
        a_registration(row, family_name=name).id for name in ("Zoe", "Ada", "Bo", "Cy")
    )
    for person in (zoe, ada, bo):
        add(Attendance(registration_id=person, day=DAY, came_at=STARTS))

    def standing():
        found = certifying.holders(get_congress(row.id))
        # The same as whoever is looked at one by one.
        exact = certifying.standing(get_congress(row.id))
        assert len(found.having) == len(exact.papers)
        assert found.without == tuple(each.id for each in exact.without)
        return found.having, found.without

    assert standing() == ((), (ada, bo, zoe))
    certifying.issue(row.id, zoe, actor=COMMAND, now=ENDS)
    assert standing() == ((zoe,), (ada, bo))
    certifying.issue(row.id, actor=COMMAND, now=ENDS)
    assert standing() == ((ada, bo, zoe), ())
    later = ENDS + timedelta(minutes=1)
    call(ada, "Adam", now=later)
    assert standing() == ((bo, zoe), (ada,))
    call(bo, "Bö", now=later)  # is written another way, and is the same name
    assert standing() == ((bo, zoe), (ada,))
    certifying.issue(row.id, actor=COMMAND, now=later)
    call(ada, "Ada", now=later)
    assert standing() == ((ada, bo, zoe), ())  # the first one names her again
    add(Attendance(registration_id=zoe, day=DAY, came_at=ENDS, item_id=a_workshop(row).id))
    assert standing() == ((ada, bo), (zoe,))
    other_key = update(Certificate).where(Certificate.registration_id == bo).values(key_id="gone")
    db.session.execute(other_key)
    db.session.commit()
    assert standing() == ((ada,), (bo, zoe))


def call(person, family_name, *, now):
    """Call somebody something else, as an organiser does."""
    said = get_own(person).person
    after = Details.of(said.said | {"family_name": family_name})
    correcting.correct(person, after, version=said.version, actor=COMMAND, now=now)


@pytest.mark.parametrize("people", [2, 9])
def test_it_asks_as_little_for_many(session, people):
    row = a_congress()
    for number in range(people):
        came(a_registration(row, family_name=str(number)))
    certifying.issue(row.id, actor=COMMAND, now=ENDS)
    congress = get_congress(row.id)
    with count_queries() as statements:
        certifying.holders(congress)
    assert len(statements) <= 3


def test_nothing_is_certified_of_a_day_that_is_none_of_the_congress(session):
    row = a_congress()
    add(
        Attendance(
            registration_id=a_registration(row).id, day=DAY - timedelta(days=1), came_at=ENDS
        )
    )
    assert certifying.standing(get_congress(row.id)) == certifying.Standing((), ())


def test_what_goes_from_the_programme_takes_no_certificate_along(session):
    row = a_congress()
    workshop, eva = a_workshop(row), a_registration(row)
    came(eva)
    came(eva, workshop.id)
    certifying.issue(row.id, actor=COMMAND, now=ENDS)
    [paper] = certifying.standing(get_congress(row.id)).papers
    db.session.delete(workshop)
    row.revision, row.content_revision = row.revision + 1, row.content_revision + 1
    db.session.commit()
    assert certifying.checked(get_congress(row.id), paper.code, paper.name) is True


@pytest.mark.parametrize(
    ("actor", "now", "refusal"),
    [
        (ATTENDEE, ENDS - timedelta(minutes=1), NotOverYet),
        (COMMAND, STARTS - timedelta(minutes=1), NotOverYet),
    ],
)
def test_nothing_is_issued_too_early(session, actor, now, refusal):
    row = a_congress()
    came(a_registration(row))
    with pytest.raises(refusal):
        certifying.issue(row.id, actor=actor, now=now)
    assert db.session.query(Certificate).count() == 0


def test_nobody_without_presence_gets_one(session):
    row = a_congress()
    person = a_registration(row)
    with pytest.raises(NothingToCertify):
        certifying.issue(row.id, person.id, actor=ATTENDEE, now=ENDS)


def test_a_signature_is_saved_over_the_last_one_seen_only(session):
    row = a_congress()
    none = certifying.version_of(queries.signature(row.id))

    def sign(name, version):
        certifying.sign(
            row.id, name, "", None, keeps_picture=True, version=version, actor=COMMAND, now=ENDS
        )

    sign("Ida Amt", none)
    with pytest.raises(SignatureEditedMeanwhile):
        sign("Otto Ort", none)
    assert queries.signature(row.id).name == "Ida Amt"
    lines = db.session.query(AuditLine).filter_by(verb="signature_saved")
    assert [line.congress_id for line in lines] == [row.id]
