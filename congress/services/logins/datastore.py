"""How Flask-Security finds our accounts."""

from typing import NoReturn

from flask_security import SQLAlchemyUserDatastore

from congress.extensions import db
from congress.models import Role, User


class Datastore(SQLAlchemyUserDatastore):
    """Finds accounts; they are changed in `accounts` and `logging_in`, within `transaction()`."""

    def commit(self) -> NoReturn:
        raise RuntimeError("accounts are changed in services.accounts")


def new_datastore() -> Datastore:
    """Return the datastore for `flask_security.Security`."""
    return Datastore(db, User, Role)
