"""Who speaks for an organisation: contact persons and deputies, and what is refused of them."""

from dataclasses import dataclass
from datetime import timedelta

from congress.domain.errors import Refused
from congress.domain.names import full_name
from congress.domain.network.terms import ContactRole, Term
from congress.domain.people import fold_email, fold_name, name_order

# After the end of a term: so long a successor asks back, and a letter about a meeting of the year
# before finds whoever was there. Then the person goes; what they did stays without their name.
KEPT_AFTER_TERM = timedelta(days=365)


class TermNotInForce(Refused):
    """Somebody speaks for an organisation no longer, or not yet."""


@dataclass(frozen=True)
class ContactDetails:
    """What the office knows of somebody who speaks for an organisation."""

    role: ContactRole
    given_name: str
    family_name: str
    email: str
    function: str = ""
    phone: str = ""
    language: str = "de"

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def keys(self) -> dict[str, str]:
        """What tells one from another, and puts them in order."""
        return {
            "email_key": fold_email(self.email),
            "name_key": fold_name(self.given_name, self.family_name),
            "name_order": name_order(self.family_name, self.given_name),
        }


@dataclass(frozen=True)
class Contact:
    """Somebody who speaks, spoke or is to speak for an organisation."""

    id: int
    organisation_id: int
    organisation: str
    details: ContactDetails
    term: Term
    has_link: bool = False
    was_sent: bool = False

    @property
    def name(self) -> str:
        return self.details.name
