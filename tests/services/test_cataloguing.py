"""The register of organisations."""

from datetime import UTC, datetime

from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.congress_file.plan import OrganisationPlan
from congress.models import Organisation
from congress.queries.organisations import suggestions
from congress.services.planning.cataloguing import register_organisations

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_an_organisation_is_registered_once_and_then_kept_up_to_date(session):
    first = OrganisationPlan("Stadt Lünen", kind="municipality")
    again = OrganisationPlan("stadt  Lünen", ags="05978024")
    assert register_organisations([first], actor=COMMAND, now=NOW) == 1
    assert register_organisations([again], actor=COMMAND, now=NOW) == 0
    [row] = session.scalars(select(Organisation)).all()
    assert (row.ags, row.kind, row.suggested) == ("05978024", "municipality", True)
    assert suggestions("lün", day=NOW.date()) == ["stadt  Lünen"]
