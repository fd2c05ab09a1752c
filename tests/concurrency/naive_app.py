"""The negative control: a registration that checks, then acts, and holds nothing meanwhile.

The same crowd must oversell it, or a green result of the real tests would mean nothing.
"""

import os

import sqlalchemy as sa
from flask import Flask, Response

CAPACITY = int(os.environ.get("NAIVE_CAPACITY", "1"))

app = Flask(__name__)
engine = sa.create_engine(os.environ["DATABASE_URL"], connect_args={})


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.post("/register")
def register() -> Response:
    """Count, then insert: what a first try looks like."""
    with engine.begin() as connection:
        sold = connection.scalar(sa.text("SELECT count(*) FROM naive_places"))
    if (sold or 0) >= CAPACITY:
        return Response("full", 200)
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO naive_places (name) VALUES ('somebody')"))
    return Response("yours", 201)
