"""The addresses of the register of organisations."""

from congress.domain.network.access import NetworkRight
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import organisation, organisations, register_import, uniting

LIST = organisations.ADDRESS
ONE = f"{LIST}/<int:organisation_id>"
SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER

REGISTER: tuple[Address, ...] = (
    (LIST, READ, organisations.organisations, SEE),
    (f"{LIST}/new", BOTH, organisation.add_organisation, EDIT),
    (f"{LIST}/import", BOTH, register_import.import_organisations, EDIT),
    (ONE, READ, organisation.organisation, SEE),
    (f"{ONE}/edit", BOTH, organisation.edit_organisation, EDIT),
    (f"{ONE}/merge", BOTH, uniting.merge_organisations, EDIT),
    (f"{ONE}/aliases", ACT, organisation.add_alias, EDIT),
    (f"{ONE}/aliases/<int:alias_id>/remove", ACT, organisation.remove_alias, EDIT),
    (f"{ONE}/domains", ACT, organisation.confirm_domain, EDIT),
    (f"{ONE}/domains/<int:domain_id>/remove", ACT, organisation.remove_domain, EDIT),
)
