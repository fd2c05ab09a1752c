"""The addresses of the own view of contact persons, and of the office's pages about them."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import (
    contact,
    contacts,
    own_courses,
    own_documents,
    own_partners,
    own_people,
    own_roles,
    own_view,
)
from congress.web.network.municipality import MUNICIPALITY

TOKEN = Who.TOKEN
SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
ONE = f"{contacts.ADDRESS}/<int:contact_id>"
EVENT = f"{MUNICIPALITY}/registrations/<slug:slug>"
COLLEAGUE = f"{EVENT}/<int:registration_id>"
PARTNERS = f"{MUNICIPALITY}/partners/<slug:slug>"

CONTACTS: tuple[Address, ...] = (
    (contacts.ADDRESS, READ, contacts.contacts, SEE),
    (f"{contacts.ADDRESS}/new", BOTH, contact.name_contact, EDIT),
    (f"{contacts.ADDRESS}/links", BOTH, contacts.send_contact_links, EDIT),
    (ONE, READ, contact.contact, SEE),
    (f"{ONE}/edit", BOTH, contact.edit_contact, EDIT),
    (f"{ONE}/end", BOTH, contact.end_contact, EDIT),
    (f"{ONE}/hand-over", BOTH, contact.hand_over_contact, EDIT),
    (f"{ONE}/take-back", ACT, contact.take_back_hand_over, EDIT),
    (f"{ONE}/link", ACT, contact.send_contact_link, EDIT),
    (MUNICIPALITY, READ, own_view.municipality, TOKEN),
    (f"{MUNICIPALITY}/people", READ, own_roles.own_contacts, TOKEN),
    (f"{MUNICIPALITY}/people/hand-over", BOTH, own_roles.hand_over_role, TOKEN),
    (f"{MUNICIPALITY}/people/take-back", ACT, own_roles.take_role_back, TOKEN),
    (f"{MUNICIPALITY}/people/deputy", BOTH, own_roles.name_deputy, TOKEN),
    (f"{MUNICIPALITY}/people/<int:deputy_id>/end", BOTH, own_roles.end_deputy, TOKEN),
    (f"{MUNICIPALITY}/registrations", READ, own_people.own_events, TOKEN),
    (EVENT, READ, own_people.own_colleagues, TOKEN),
    (f"{COLLEAGUE}/withdraw", BOTH, own_people.withdraw_colleague, TOKEN),
    (f"{COLLEAGUE}/swap", BOTH, own_people.swap_colleague, TOKEN),
    (f"{MUNICIPALITY}/courses", READ, own_courses.own_courses, TOKEN),
    (f"{MUNICIPALITY}/courses/<slug:slug>", BOTH, own_courses.apply_for_own, TOKEN),
    (f"{MUNICIPALITY}/partners", READ, own_partners.own_partner_events, TOKEN),
    (PARTNERS, BOTH, own_partners.own_partners, TOKEN),
    (f"{PARTNERS}/<int:invitation_id>/take-back", ACT, own_partners.take_partner_back, TOKEN),
    (f"{MUNICIPALITY}/documents", READ, own_documents.own_documents, TOKEN),
    (f"{MUNICIPALITY}/documents/<int:material_id>", READ, own_documents.member_file, TOKEN),
    (f"{MUNICIPALITY}/login", BOTH, own_view.municipality_login, TOKEN),
    (f"{MUNICIPALITY}/logout", ACT, own_view.municipality_logout, TOKEN),
)
