"""Who was there, asked so that it takes no longer for one person where very many were there."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite

from congress.queries.attendances import BOOKED, PEOPLE, was_in

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("item", [7, BOOKED.c.item_id], ids=["one", "each"])
def test_whether_somebody_was_in_an_item_is_looked_up_among_their_own_rows(session, item):
    statement = select(PEOPLE.c.id).where(was_in(item))
    asked = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
    assert any("ix_attendances_registration_id (registration_id=?)" in line for line in plan)
    assert not any("uq_attendances_item" in line for line in plan)
