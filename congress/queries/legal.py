"""The legal texts of whoever hosts a congress, as organisers edit them."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from congress.domain.congresses import OrganisationRole
from congress.domain.legal import LegalTexts
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Congress, CongressOrganisation, Organisation
from congress.queries.congresses import PUBLIC

HOSTS = (
    select(Organisation)
    .join(CongressOrganisation, CongressOrganisation.organisation_id == Organisation.id)
    .where(CongressOrganisation.role == OrganisationRole.HOST)
)


@dataclass(frozen=True)
class Host:
    """The first host of a congress, and what else it hosts that the public sees."""

    id: int
    name: str
    ags: str | None
    texts: LegalTexts
    congresses: tuple[tuple[int, Texts], ...]  # number and title of public ones, oldest first
    drafts: tuple[int, ...] = ()


def host_row(congress_id: int) -> Select[Organisation]:
    """Return the statement that finds the first host of a congress."""
    of_congress = HOSTS.where(CongressOrganisation.congress_id == congress_id)
    return of_congress.order_by(CongressOrganisation.position, CongressOrganisation.id).limit(1)


def congresses_of(host_id: int) -> Select[int, dict[str, str]]:
    """Return the statement that finds the congresses an organisation hosts, drafts included."""
    return (
        select(Congress.id, Congress.title)
        .join(CongressOrganisation, CongressOrganisation.congress_id == Congress.id)
        .where(
            CongressOrganisation.organisation_id == host_id,
            CongressOrganisation.role == OrganisationRole.HOST,
        )
        .order_by(Congress.id)
    )


def find_host(congress_id: int) -> Host | None:
    """Return whose texts the pages of a congress state."""
    row = db.session.scalars(host_row(congress_id)).one_or_none()
    if row is None:
        return None
    found = db.session.execute(congresses_of(row.id).add_columns(Congress.state)).all()
    titles = tuple((number, title) for number, title, state in found if state in PUBLIC)
    drafts = tuple(number for number, _title, state in found if state not in PUBLIC)
    return Host(row.id, row.name, row.ags, LegalTexts.of(row.legal), titles, drafts)
