"""Organisers give the mails of a congress their own words: looked at, saved, taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from congress.base import table_of
from congress.domain import editing
from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.templates import Template, TemplateEditedMeanwhile
from congress.extensions import db
from congress.formats.letters import Wording
from congress.models import MailTemplate
from congress.queries import congresses
from congress.queries import mail_templates as queries
from congress.services import auditing
from congress.services.mails import sample_letters, showing
from congress.transaction import transaction

TEMPLATES = table_of(MailTemplate)
# Links that differ from reader to reader.
OWN = (
    *("manage", "contribution", "proposal", "confirm", "code", "newsletter", "invited", "opening"),
    *("group", "feedback"),
)


def version_of(templates: Mapping[str, Template]) -> str:
    """Return what tells these words from any others."""
    return editing.version_of(values_of(templates))


def values_of(templates: Mapping[str, Template]) -> dict[str, str]:
    """Return the words of a mail by the names of the form's fields."""
    return {
        f"{part}_{language}": getattr(template, part)
        for language, template in templates.items()
        for part in ("subject", "body")
    }


def save(
    congress_id: int,
    kind: MessageKind,
    templates: Mapping[str, Template],
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Keep the words of a mail for whatever is put into words from now on; returns what changed.

    Raises TemplateEditedMeanwhile when `version` is not that of what was saved last.
    """
    with transaction():
        congresses.hold(congress_id)
        stored = queries.find(congress_id, kind)
        if version_of(stored) != version:
            raise TemplateEditedMeanwhile
        before, after = values_of(stored), values_of(templates)
        names = editing.changes(before, after)
        if names:
            mine = (TEMPLATES.c.congress_id == congress_id, TEMPLATES.c.kind == kind)
            db.session.execute(delete(TEMPLATES).where(*mine))
            rows = [
                {
                    "congress_id": congress_id,
                    "kind": kind,
                    "language": language,
                    "subject": template.subject,
                    "body": template.body,
                }
                for language, template in templates.items()
                if template.says_something
            ]
            if rows:
                db.session.execute(insert(TEMPLATES), rows)
            auditing.record(
                "mail_template_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                details={
                    "kind": kind,
                    "changes": {name: [before[name], after[name]] for name in names},
                    "is_own": bool(rows),
                },
            )
        return names


def take_along(last_id: int, edition_id: int) -> None:
    """Give an edition the words of the last one, inside a running transaction."""
    of_mail = [TEMPLATES.c[name] for name in ("kind", "language", "subject", "body")]
    db.session.execute(
        insert(TEMPLATES).from_select(
            ["congress_id", *(each.name for each in of_mail)],
            select(db.literal(edition_id), *of_mail).where(TEMPLATES.c.congress_id == last_id),
        )
    )


def preview(
    congress: Congress, kind: MessageKind, template: Template, language: str, *, now: datetime
) -> Wording:
    """Return a mail with sample facts of this congress, in these words, without any link."""
    stated: dict[str, Any] = sample_letters.facts_of(congress, kind, language)
    of_many = {"registrations": [showing.sentence(language)]}
    return showing.in_words(
        congress.id, kind, language, stated, own=OWN, instead=of_many, now=now, template=template
    )
