"""What the machine and the frameworks can do at all: the bare minimum of three kinds of work.

Run as a program of its own, under the same web server with the same settings as the real one:
`/` says hello, `/page` sends finished bytes after one small query, `/register` and `/own/<id>`
are a registration without layout, rules, mail, calendar or log, but with its commit.
"""

import gc
import secrets
import socket
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask, Response, redirect, render_template_string, request
from werkzeug.wrappers import Response as AnyResponse

from config import Settings, load_settings
from congress.launcher import BACKLOG, WebServer

PAGE = secrets.token_bytes(8_000)
FORM = """<!doctype html><title>{{ title }}</title><form method="post">
<input type="hidden" name="form_key" value="{{ key }}">
{% for name in names %}<label>{{ name }}<input name="{{ name }}"></label>{% endfor %}
{% for item in items %}<label><input type="radio" name="item" value="{{ item.id }}">
{{ item.title }} ({{ item.capacity - item.taken }})</label>{% endfor %}<button>OK</button></form>"""
OWN = """<!doctype html><title>{{ person.family_name }}</title><p>{{ person.given_name }}
{{ person.family_name }}, {{ person.email }}: {{ person.title }}</p>"""
NAMES = ("given_name", "family_name", "email", "organisation")

tables = sa.MetaData()
items = sa.Table(
    "limit_items",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("title", sa.String),
    sa.Column("capacity", sa.Integer),
    sa.Column("taken", sa.Integer, sa.CheckConstraint("taken <= capacity")),
    sa.Column("revision", sa.Integer),
)
people = sa.Table(
    "limit_people",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.String) for name in NAMES),
    sa.Column("form_key", sa.String, unique=True),
    sa.Column("item_id", sa.ForeignKey("limit_items.id")),
    sa.Column("created_at", sa.DateTime(timezone=True)),
)
REVISION = sa.select(items.c.revision).where(items.c.id == sa.bindparam("id"))
ALL_ITEMS = sa.select(items).order_by(items.c.id)
PERSON = sa.select(people, items.c.title).join(items).where(people.c.id == sa.bindparam("person"))
HELD = sa.select(items.c.taken).where(items.c.id == sa.bindparam("id")).with_for_update()


def create_app(settings: Settings) -> Flask:
    """Return the application of the limits, with its own tables."""
    app = Flask("limits")
    engine = sa.create_engine(settings.database_url, pool_size=settings.web_threads)
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine)
    tables.create_all(engine)
    with engine.begin() as connection:
        rows = [{"title": f"Workshop {number}"} for number in range(1, 7)]
        places = {"capacity": 1_000_000, "taken": 0, "revision": 1}
        connection.execute(items.insert(), [row | places for row in rows])
    engine.dispose()

    @app.get("/")
    @app.get("/healthz")
    def hello() -> str:
        return "hello"

    @app.get("/page")
    def page() -> Response:
        with engine.connect() as connection:
            revision = connection.execute(REVISION, {"id": 1}).scalar_one()
        return Response(PAGE, headers={"ETag": f'"{revision}"', "Content-Type": "text/html"})

    @app.get("/register")
    def form() -> str:
        with engine.connect() as connection:
            found = connection.execute(ALL_ITEMS).all()
        key = secrets.token_urlsafe()
        return render_template_string(FORM, title="Limit", names=NAMES, items=found, key=key)

    @app.post("/register")
    def register() -> AnyResponse:
        item_id = int(request.form["item"])
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(HELD, {"id": item_id}).scalar_one()
            facts = {name: request.form[name] for name in (*NAMES, "form_key")}
            added = people.insert().values(item_id=item_id, created_at=datetime.now(UTC), **facts)
            number = connection.execute(added.returning(people.c.id)).scalar_one()
            counted = items.update().where(items.c.id == item_id)
            connection.execute(
                counted.values(taken=items.c.taken + 1, revision=items.c.revision + 1)
            )
        return redirect(f"/own/{number}", 303)

    @app.get("/own/<int:number>")
    def own(number: int) -> str:
        with engine.connect() as connection:
            person = connection.execute(PERSON, {"person": number}).one()
        return render_template_string(OWN, person=person)

    return app


def _set_up_sqlite(engine: sa.Engine) -> None:
    """Commit as carefully as the real program does."""

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def main() -> None:
    """Serve until stopped."""
    settings = load_settings()
    app = create_app(settings)
    listener = socket.create_server((settings.host, settings.port), backlog=BACKLOG)
    listener.set_inheritable(True)
    gc.collect()
    gc.freeze()
    WebServer(app, settings, listener).run()


if __name__ == "__main__":
    main()
