"""What people of a programme do, in words, for pages and mails alike."""

from congress.domain.programme import DIALOGUE_PARTNER, TRAINER, role_texts
from congress.domain.texts import in_language
from congress.formats.catalogue import catalogue


def role_names(language: str) -> dict[str, str]:
    """Return the roles that have a name in every language."""
    _ = catalogue(language).gettext
    return {
        DIALOGUE_PARTNER: _("Dialogue partner"),
        "speaker": _("Speaker"),
        "moderator": _("Moderator"),
        TRAINER: _("Trainer"),
    }


def role_name(role: str, language: str) -> str:
    """Return what a role is called, a usual one or one of the organisers' own."""
    return role_names(language).get(role) or in_language(role_texts(role), language)
