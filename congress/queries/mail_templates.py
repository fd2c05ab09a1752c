"""The words that organisers gave the mails of a congress."""

from collections.abc import Collection

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.letter_texts import LANGUAGES
from congress.domain.mails.templates import Template
from congress.extensions import db
from congress.models import MailTemplate

TEMPLATES = table_of(MailTemplate)
Key = tuple[int, str, str]  # congress, kind, language


def of_congresses(congress_ids: Collection[int]) -> dict[Key, Template]:
    """Return every template of some congresses, by congress, kind and language."""
    if not congress_ids:
        return {}
    rows = db.session.execute(
        select(*columns_of(TEMPLATES, "congress_id kind language subject body")).where(
            TEMPLATES.c.congress_id.in_(congress_ids)
        )
    )
    return {
        (row.congress_id, row.kind, row.language): Template(row.subject, row.body) for row in rows
    }


def find(congress_id: int, kind: str) -> dict[str, Template]:
    """Return a kind of mail in organisers' words, by language; an empty one where it has none."""
    stored = of_congresses([congress_id])
    return {
        language: stored.get((congress_id, kind, language), Template()) for language in LANGUAGES
    }
