"""The words of the fields of a registration, for pages and files alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from congress.domain.fields import ASSISTANCE, Field
from congress.formats import typography
from congress.formats.catalogue import catalogue


@dataclass(frozen=True)
class FieldWords:
    """What stands at a field, and what is said when it has to be answered and is not."""

    label: str
    missing: str = ""
    hint: str = ""


def field_words(language: str) -> dict[str, FieldWords]:
    """Return the words of every field, and of what is asked beside them, by name."""
    _ = catalogue(language).gettext
    return {
        "given_name": FieldWords(_("First name"), _("Please enter your name.")),
        "family_name": FieldWords(
            _("Last name"),
            _("Please enter your name."),
            _("If you have only one name, fill in either field."),
        ),
        "email": FieldWords(
            _("Email"), hint=_("We will send everything about your registration there.")
        ),
        "organisation": FieldWords(_("Organisation"), _("Please enter your organisation.")),
        "function": FieldWords(
            _("Job title"), _("Please enter your job title, for example “volunteer coordinator”.")
        ),
        ASSISTANCE: FieldWords(_("Assistance needs")),
    }


def listed(fields: Iterable[Field], language: str) -> str:
    """Return the labels of some fields as part of a sentence."""
    words = field_words(language)
    return typography.listed([words[each.name].label for each in fields], language)
