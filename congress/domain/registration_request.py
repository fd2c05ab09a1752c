"""What somebody asks for: the checked contents of a registration form."""

from dataclasses import dataclass

from congress.domain.people import fold_email, fold_for_search, fold_name


@dataclass(frozen=True)
class WishedWorkshop:
    """One wish: a workshop, the one whose place to hold while waiting, a question in advance."""

    item_id: int
    safe_item_id: int | None = None
    question: str = ""


@dataclass(frozen=True)
class RegistrationRequest:
    """A person and the person's wishes; `form_key` tells a double submit from a second try."""

    given_name: str
    family_name: str
    email: str
    organisation: str = ""
    function: str = ""
    language: str = "de"
    choices: tuple[WishedWorkshop, ...] = ()
    consents: tuple[str, ...] = ()  # purposes: privacy_notice, attendee_list, photos
    form_key: str = ""

    @property
    def email_key(self) -> str:
        return fold_email(self.email)

    @property
    def name_key(self) -> str:
        return fold_name(self.given_name, self.family_name)

    @property
    def organisation_key(self) -> str:
        return fold_name(self.organisation)

    @property
    def family_key(self) -> str:
        return fold_for_search(self.family_name, self.given_name)

    def columns(self) -> dict[str, str]:
        """Return what the row of a registration takes from the request, by column."""
        names = (
            "given_name",
            "family_name",
            "email",
            "organisation",
            "function",
            "language",
            "form_key",
            "email_key",
            "name_key",
            "family_key",
            "search",
        )
        keys = {"organisation_key": self.organisation_key}
        return {name: getattr(self, name) for name in names} | keys

    @property
    def search(self) -> str:
        return fold_for_search(
            self.given_name, self.family_name, self.email, self.organisation, self.function
        )
