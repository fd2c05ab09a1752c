from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from congress.domain.access import COMMAND
from congress.domain.network.register_difference import Outcome
from congress.domain.network.register_import import compare
from congress.formats import gv100, register_table
from congress.models import AuditLine, Organisation, Registration
from congress.queries.network import register, register_known
from congress.queries.organisations import suggestions
from congress.services.network import cataloguing, importing
from tests.builders import a_congress, a_registration
from tests.network import a_contact, a_membership, an_alias, an_organisation
from tests.official_lists import a_list

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
END = date(2025, 12, 31)
MANY = 450  # more than two steps


def seen(lines, *, is_complete=True):
    rows = register_table.read_table(gv100.read("\n".join(lines).encode()).text)
    return compare(rows, register_known.all_known(), is_complete=is_complete)


def take_over(found, ends_on=None):
    return importing.import_all(found, ends_on=ends_on, actor=COMMAND, now=NOW)


def test_the_official_list_is_taken_over_in_steps_and_says_nothing_new_afterwards(session):
    steps = []

    def note(connection):
        steps.append(connection)

    event.listen(Engine, "commit", note)
    try:
        done = take_over(seen(a_list(MANY)))
    finally:
        event.remove(Engine, "commit", note)
    again = seen(a_list(MANY))

    assert done.added == len(again.findings) == len(session.scalars(select(Organisation)).all())
    assert len(steps) == -(-done.added // importing.STEP) >= 3
    assert {each.outcome for each in again.findings} == {Outcome.UNCHANGED}
    assert again.missing == ()
    assert suggestions("obermusterdorf 7", day=NOW.date())[0] == "Stadt Obermusterdorf 7"


def test_what_a_new_list_lacks_stays_with_all_that_refers_to_it(session):
    take_over(seen(a_list(40)))
    gone = session.scalars(
        select(Organisation).where(Organisation.search.contains("dorf 39"))
    ).one()
    a_membership(gone)
    a_contact(gone)
    a_registration(a_congress(), organisation_id=gone.id)
    found = seen([each for each in a_list(40, renamed=2) if "dorf 39" not in each])
    done = take_over(found, END)
    session.expire_all()

    assert [each.id for each in found.missing] == [gone.id]
    assert (done.added, done.changed, done.ended) == (0, 2, 1)
    assert gone.valid_until == END
    assert session.scalars(select(Registration.organisation_id)).one() == gone.id
    assert register.find(gone.id, day=NOW.date()).state is not None
    lines = session.scalars(select(AuditLine).order_by(AuditLine.id.desc()).limit(4)).all()
    assert [(each.verb, each.fields) for each in lines] == [
        ("organisation_changed", ["valid_until"]),
        ("organisations_imported", []),
        ("organisation_changed", ["name"]),
        ("organisation_changed", ["name"]),
    ]


def test_without_a_day_nothing_is_ended(session):
    take_over(seen(a_list(20)))
    take_over(seen(a_list(10)))

    assert session.scalars(select(Organisation.valid_until).distinct()).all() == [None]


def test_mergers_into_what_is_new_are_made_from_their_end(session):
    an_organisation("Altdorf", ags="05566001", district="05566")
    text = (
        "AGS;Name;Gültig bis;Aufgegangen in\n"
        "05566001;Altdorf;31.12.2015;Mitte\n"
        "05566002;Mitte;31.12.2020;Neustadt\n"
        "05566003;Neustadt;;\n"
    )
    done = take_over(compare(register_table.read_table(text), register_known.all_known()))
    [old] = session.scalars(select(Organisation).where(Organisation.name == "Altdorf"))
    found = register.find(old.id, day=NOW.date())

    assert (done.added, done.changed, done.passed_over) == (2, 1, [])
    assert [each.name for each in found.successors] == ["Mitte", "Neustadt"]


def test_what_somebody_changed_meanwhile_is_passed_over(session):
    rheine = an_organisation("Stadt Rheine", ags="05566076", district="05566")
    text = "AGS;Name;Einwohner\n05566076;Rheine;77000\n05566077;Neudorf;100\n05566078;Oberdorf;1"
    found = compare(register_table.read_table(text), register_known.all_known())
    facts = register.find(rheine.id, day=NOW.date()).facts
    cataloguing.change(
        rheine.id,
        replace(facts, website="https://rheine.de"),
        version=facts.version,
        actor=COMMAND,
        now=NOW,
    )
    an_alias(rheine, "Neudorf")
    done = take_over(found)

    assert (done.added, done.changed, sorted(done.passed_over)) == (1, 0, [2, 3])
    assert register.find(rheine.id, day=NOW.date()).facts.inhabitants is None


def test_whoever_is_changed_is_still_found_by_its_other_names(session):
    rheine = an_organisation("Stadt Rheine", ags="05566076", district="05566")
    an_alias(rheine, "Emsmetropole")
    text = "AGS;Name\n05566076;Rheine an der Ems"
    take_over(compare(register_table.read_table(text), register_known.all_known()))

    for typed in ("emsmetr", "rheine an", "05566"):
        assert suggestions(typed, day=NOW.date()) == ["Rheine an der Ems"]
