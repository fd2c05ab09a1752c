"""The negative control: the program itself, with the lock on a congress taken away.

A race that is green here as well would show nothing.
"""

from importlib import import_module

from sqlalchemy import Connection

from congress import transaction
from congress.queries import congresses


def begin(connection: Connection) -> None:
    """Begin as for a read: nobody else is kept from writing."""
    connection.exec_driver_sql("BEGIN")


congresses.HELD = congresses.BY_ID
transaction._begin_sqlite = begin

app = import_module("wsgi").app
