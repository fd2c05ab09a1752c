"""What somebody can need to take part, in words, for pages and files alike."""

from collections.abc import Iterable

from congress.domain.assistance import Need
from congress.formats.catalogue import catalogue


def need_words(language: str) -> dict[Need, str]:
    """Return the words of every need, in the order of the form."""
    _ = catalogue(language).gettext
    return {
        Need.SIGN_LANGUAGE: _("Sign language"),
        Need.INDUCTION_LOOP: _("Induction loop"),
        Need.STEP_FREE: _("Step-free access"),
        Need.ALLERGIES: _("Allergies or intolerances"),
        Need.OTHER: _("Something else"),
    }


def listed_needs(kinds: Iterable[Need], language: str) -> str:
    """Return what somebody ticked, in one line."""
    words = need_words(language)
    return ", ".join(words[each] for each in kinds)
