"""Where placements of a Social Day are, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.congress_file.problems import FileRefused, ProblemKind
from congress.domain.hosts import NOBODY, Host, HostEditedMeanwhile, by_sector
from congress.domain.network.uniting import Side as OneOfTwo
from congress.domain.network.uniting import mark_of
from congress.domain.planning.scheduling import ItemGone
from congress.extensions import db
from congress.formats.congress_file import read_congress_file, write_congress_file
from congress.models import AuditLine, Congress, ItemHost
from congress.queries import hosts as queries
from congress.queries.network import register
from congress.queries.planning.congress_files import get_plan
from congress.queries.planning.scheduling import find_edited
from congress.services.network import uniting
from congress.services.planning import copying, hosting, importing, scheduling, undoing
from tests import builders
from tests.builders import OPEN
from tests.network import an_organisation

pytestmark = pytest.mark.usefixtures("database")

BY: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
TAFEL = Host("Tafel Lünen", "civil")


@pytest.fixture
def day():
    congress = builders.a_congress(kind="social_day")
    builders.a_workshop(congress, code="zaun", number=1, kind="placement", taken=4)
    builders.a_workshop(congress, code="saal", number=2, kind="placement", capacity=None)
    builders.a_workshop(congress, code="aus", number=3, kind="placement", cancelled=True)
    builders.a_workshop(congress, code="ws", number=4)
    return congress.id


def say(day, host, code="zaun", version=NOBODY.version):
    hosting.say(day, code, host, version=version, **BY)


def hosts_of(congress_id):
    return [each.host for each in queries.placements(congress_id)]


def test_a_placement_is_at_an_organisation(day):
    say(day, TAFEL)
    there = queries.placements(day)
    assert [(each.code, each.host, each.taken, each.capacity) for each in there] == [
        ("zaun", TAFEL, 4, 25),
        ("saal", NOBODY, 0, None),
    ]
    assert by_sector(there) == {"civil": (1, 4)}
    say(day, Host("Stadtwerke", "business"), version=TAFEL.version)
    say(day, NOBODY, version=Host("Stadtwerke", "business").version)
    say(day, NOBODY)  # sent again
    assert db.session.scalars(select(ItemHost)).all() == []
    lines = db.session.scalars(select(AuditLine.verb)).all()
    assert lines == ["item_host_said"] * 3


def test_nobody_saves_over_what_they_have_not_seen(day):
    say(day, TAFEL)
    with pytest.raises(HostEditedMeanwhile):
        say(day, Host("Andere"))
    with pytest.raises(ItemGone):
        say(day, TAFEL, code="weg")


def test_the_sector_of_the_register_counts(day):
    one, other = an_organisation("Tafel Lünen", sector="civil"), an_organisation("Tafel e. V.")
    say(day, Host("tafel lünen", "business"))
    [zaun, _saal] = queries.placements(day)
    assert zaun.host == Host("tafel lünen", "civil")

    say(day, Host("Tafel e. V."), code="saal")
    sides = (OneOfTwo(each.id, register.facts_of(each)) for each in (one, other))
    uniting.unite(one.id, other.id, (), seen=mark_of(*sides), **BY)
    linked = db.session.scalars(select(ItemHost.organisation_id)).all()
    assert linked == [one.id, one.id]


def test_the_next_edition_is_at_the_same_organisations(day):
    say(day, TAFEL)
    congress = db.session.get_one(Congress, day)
    copied = copying.copy_edition(congress.slug, starting=date(2027, 1, 20), **BY)
    assert [each.host for each in queries.placements(copied.congress_id)] == [TAFEL, NOBODY]


def test_two_placements_at_one_organisation_count_it_once(day):
    say(day, TAFEL)
    say(day, TAFEL, code="saal")
    assert by_sector(queries.placements(day)) == {"civil": (1, 4)}


def test_a_congress_file_brings_hosts_along_and_takes_them_away(day):
    say(day, TAFEL)
    plan = get_plan(db.session.get_one(Congress, day).slug)
    text = write_congress_file(plan)
    assert '[items.host]\nname = "Tafel Lünen"\nsector = "civil"\n' in text
    read = read_congress_file(text.encode()).plan
    assert read == plan

    new = importing.import_congress(replace(read, slug="noch-einer"), **BY)
    assert hosts_of(new.congress_id) == [TAFEL, NOBODY]
    assert importing.import_congress(read, **BY).differences == ()

    without = replace(read, items=tuple(replace(each, host=NOBODY) for each in read.items))
    [found] = importing.import_congress(without, **BY).differences
    assert (found.code, found.fields) == ("zaun", ("host",))
    assert hosts_of(day) == [NOBODY, NOBODY]
    assert importing.import_congress(read, **BY).differences != ()
    assert hosts_of(day) == [TAFEL, NOBODY]


def test_a_file_says_whose_sector_and_only_those_there_are(day):
    plan = get_plan(db.session.get_one(Congress, day).slug)
    host = Host("Tafel", "civil")
    plan = replace(plan, items=tuple(replace(each, host=host) for each in plan.items))
    text = write_congress_file(plan).replace('sector = "civil"', 'sector = "church"', 1)
    with pytest.raises(FileRefused) as refused:
        read_congress_file(text.replace('name = "Tafel"', 'name = ""').encode())
    kinds = [(each.kind, each.key.rpartition(".")[2]) for each in refused.value.problems]
    assert (ProblemKind.UNKNOWN_CHOICE, "sector") in kinds
    assert (ProblemKind.EMPTY, "name") in kinds


def test_an_item_that_is_restored_is_where_it_was(day):
    congress = db.session.get_one(Congress, day)
    congress.state = "draft"
    db.session.commit()
    later = OPEN + timedelta(minutes=1)
    item = builders.a_workshop(congress, code="neu", number=9, kind="placement")
    say(day, TAFEL, code="neu")
    plan = find_edited(day, "neu").plan
    assert scheduling.remove_item(item.id, version=plan.version, actor=COMMAND, now=later)
    assert find_edited(day, "neu") is None
    undoing.undo(day, later, actor=COMMAND, now=later + timedelta(minutes=1))
    assert find_edited(day, "neu").plan == plan
    assert plan.host == TAFEL


def test_undoing_an_edit_leaves_the_host_alone(day):
    congress = db.session.get_one(Congress, day)
    congress.state = "draft"
    db.session.commit()
    edited, plan = OPEN + timedelta(minutes=1), find_edited(day, "zaun").plan
    after = replace(plan, title={"de": "Zaun streichen"})
    number = find_edited(day, "zaun").id
    scheduling.edit_item(number, after, version=plan.version, actor=COMMAND, now=edited)
    say(day, TAFEL)
    undoing.undo(day, edited, actor=COMMAND, now=edited + timedelta(minutes=1))
    assert find_edited(day, "zaun").plan == replace(plan, host=TAFEL)
