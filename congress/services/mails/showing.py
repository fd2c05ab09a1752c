"""A mail as it would be sent, shown before it is: a sentence stands where its secret links will."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.templates import WITH_TEMPLATE, Template
from congress.extensions import settings
from congress.formats.catalogue import catalogue
from congress.formats.letters import Wording, compose
from congress.queries import mail_templates
from congress.services.mails import mail_links


def sentence(language: str) -> str:
    """Return what stands in the place of a link that differs from reader to reader."""
    return catalogue(language).gettext("[Everyone finds their own personal link here.]")


def in_words(
    congress_id: int,
    kind: MessageKind,
    language: str,
    stated: Mapping[str, Any],
    *,
    now: datetime,
    own: Collection[str] = (),
    instead: Mapping[str, Any] = MappingProxyType({}),
    template: Template | None = None,
) -> Wording:
    """Put a mail into words, in those of the organisers if they have any for its kind.

    The usual sentence stands for the links named in `own` that mails of its kind have; `instead`
    says what stands for others.
    `template` is for words that are not stored yet.
    """
    if template is None and kind in WITH_TEMPLATE:
        template = mail_templates.find(congress_id, kind)[language]
    return compose(
        kind,
        language,
        stated,
        links={
            **mail_links.public_links(stated),
            **dict.fromkeys(mail_links.known_to(kind, own), sentence(language)),
            **instead,
        },
        zone=ZoneInfo(settings().timezone),
        written_at=now,
        template=template,
    )
