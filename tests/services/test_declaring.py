"""The legal texts of a host, while others register."""

from sqlalchemy import select

from congress.extensions import db
from congress.models import Organisation
from congress.services import declaring
from congress.transaction import transaction
from tests.builders import a_congress, an_organisation


def test_who_comes_from_the_host_need_not_wait_while_its_texts_are_saved(session):
    congress = a_congress()
    host = an_organisation(congress=congress).id
    named = select(Organisation.id).where(Organisation.id == host)
    with transaction(), db.engine.connect() as another:
        assert declaring.hold_host(congress.id).id == host
        # What the database asks for where a new row names it.
        asked = named.with_for_update(read=True, key_share=True, nowait=True)
        assert another.execute(asked).scalar_one() == host
