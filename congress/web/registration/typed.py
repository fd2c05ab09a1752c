"""A form as it was typed, where its congress cannot be asked what belongs into it any more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from congress.domain.fields import FIELDS, NAMES, FieldUse
from congress.domain.registration_request import PRIVACY_NOTICE, VOLUNTARY
from congress.formats.field_words import field_words
from congress.web import languages
from congress.web.entries import TICKED, Entry
from congress.web.languages import gettext as _
from congress.web.registration.assistance_form import AssistanceForm, assistance_form
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.person import PersonForm

# What is asked of the congress's own goes along unseen: nobody can say what it is called here.
CHOICE = re.compile(r"(slot|safe|waited|rest)-[0-9]{1,3}|asked|(ask|wish)-[a-z0-9-]{1,100}")
QUESTION = re.compile(r"question-[0-9]{1,3}")
# Everything of the form for a group, whose people are p1, p2 …
OF_GROUP = re.compile(
    r"(p[0-9]{1,2}-|contact-)[a-z0-9_-]{1,120}|people|contact_comes|together|privacy_notice"
)
MOST_PEOPLE = 99


@dataclass(frozen=True)
class TypedForm:
    """What somebody entered, unchecked; the choices of workshops go along unseen."""

    token: FormToken
    person: PersonForm
    privacy: Entry
    consents: frozenset[str]
    questions: tuple[Entry, ...]
    choices: Mapping[str, str]
    assistance: AssistanceForm


def typed_form(posted: Mapping[str, str], token: FormToken) -> TypedForm:
    """Return what was sent, so that it can be sent again."""
    words = field_words(languages.current())
    entries = {
        each: Entry(
            each.name,
            words[each.name].label,
            posted[each.name],
            required=each.use is FieldUse.REQUIRED,
            description=words[each.name].hint,
        )
        for each in FIELDS
        if each.name in posted
    }
    privacy = Entry(PRIVACY_NOTICE, _("Privacy notice"), posted.get(PRIVACY_NOTICE, ""), True)
    return TypedForm(
        token,
        PersonForm(entries),
        privacy,
        frozenset(name for name in VOLUNTARY if posted.get(name) == TICKED),
        tuple(
            Entry(name, _("Question"), value)
            for name, value in posted.items()
            if QUESTION.fullmatch(name) and value
        ),
        {name: value for name, value in posted.items() if CHOICE.fullmatch(name)},
        _typed_needs(posted),
    )


def _typed_needs(posted: Mapping[str, str]) -> AssistanceForm:
    """Return what was said of one's needs as it was sent, with nothing that is wrong with it."""
    form = assistance_form(is_asked=False)
    form.read(posted)
    form.text.errors.clear()
    return form


def typed_group(posted: Mapping[str, str]) -> dict[str, str]:
    """Return what was sent of a group, so that it can be sent again."""
    return {name: value for name, value in posted.items() if OF_GROUP.fullmatch(name)}


def names_typed(posted: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the people of a group as they were typed, by their numbers in the form."""
    names = [
        (each, " ".join(posted.get(f"p{each}-{name}", "") for name in NAMES).strip())
        for each in range(1, MOST_PEOPLE + 1)
    ]
    return [(number, name) for number, name in names if name]
