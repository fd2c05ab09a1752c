"""The levers of the negative controls: what takes the lock on a congress away in a process."""

from sqlalchemy import Connection

from congress import transaction
from congress.queries import congresses


def begin(connection: Connection) -> None:
    """Begin as for a read: nobody else is kept from writing."""
    connection.exec_driver_sql("BEGIN")


# Where, what, and what stands there instead; before an application is made.
LEVERS = (
    (congresses, "HELD", congresses.BY_ID),
    (transaction, "_begin_sqlite", begin),
)
