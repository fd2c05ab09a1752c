"""The addresses of the own view of contact persons, and of the office's pages about them."""

from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import own_view
from congress.web.network.municipality import MUNICIPALITY

TOKEN = Who.TOKEN

CONTACTS: tuple[Address, ...] = (
    (MUNICIPALITY, READ, own_view.municipality, TOKEN),
    (f"{MUNICIPALITY}/login", BOTH, own_view.municipality_login, TOKEN),
    (f"{MUNICIPALITY}/logout", ACT, own_view.municipality_logout, TOKEN),
)
