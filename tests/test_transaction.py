"""The one commit: all or nothing, and what follows it."""

import psycopg
import pytest
from flask import Flask
from psycopg.pq import TransactionStatus
from sqlalchemy import select

from congress import transaction
from congress.extensions import db
from congress.models import AuditLine, Congress
from tests.builders import OPEN, a_congress


def test_a_hook_that_fails_takes_nothing_back(session):
    congress = a_congress()
    called: list[str] = []

    def fail() -> None:
        raise OSError("no queue")

    with transaction.transaction():
        db.session.get_one(Congress, congress.id).town = "Lünen-Süd"
        transaction.after_commit(fail)
        transaction.after_commit(called.append, "the next one")

    assert called == ["the next one"]
    assert not transaction.is_running()
    assert session.scalars(select(Congress.town)).all() == ["Lünen-Süd"]


def test_what_fails_is_undone_and_calls_nothing(session):
    called: list[str] = []

    def fail() -> None:
        with transaction.transaction():
            db.session.add(AuditLine(at=OPEN, actor="system", user_id=None, verb="tried"))
            db.session.flush()
            transaction.after_commit(called.append, "never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert called == []
    assert not transaction.is_running()
    assert session.scalars(select(AuditLine.verb)).all() == []


def test_a_use_case_inside_a_use_case_is_a_fault(database):
    with transaction.transaction(), pytest.raises(RuntimeError), transaction.transaction():
        pass


def test_a_read_leaves_no_transaction_open_on_the_server(session):
    """A slow visitor must not hold one open, and BEGIN and ROLLBACK are journeys."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("there every read is of one state")
    session.rollback()
    session.scalars(select(Congress.town)).all()
    driver = session.connection().connection.driver_connection
    assert driver.info.transaction_status == TransactionStatus.IDLE

    with transaction.transaction():
        session.scalars(select(Congress.town)).all()
        driver = session.connection().connection.driver_connection
        assert driver.info.transaction_status == TransactionStatus.INTRANS


def test_nobody_notices_that_the_database_was_away(app: Flask):
    """REL-60: a pool drops connections that died meanwhile by itself."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("a file is never away")
        a_congress()
        server = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    with app.app_context(), transaction.transaction() as session:
        assert session.scalars(select(Congress.town)).all() == ["Lünen"]
