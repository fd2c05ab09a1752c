"""Stating what the law asks of whoever hosts a congress."""

from datetime import datetime

from congress.domain import editing
from congress.domain.access import Actor
from congress.domain.legal import LegalTexts, LegalTextsEditedMeanwhile, NoHost
from congress.extensions import db
from congress.models import Organisation
from congress.queries.legal import congresses_of, host_row
from congress.services import auditing
from congress.transaction import transaction


def declare(
    congress_id: int, texts: LegalTexts, *, version: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save the legal texts of the host of a congress, for everything it hosts.

    Returns the names of what changed. The log of each of its congresses says from what to what:
    so it can be told which notice somebody was shown. Raises NoHost, and LegalTextsEditedMeanwhile
    when `version` is not that of what was saved last.
    """
    with transaction():
        host = db.session.scalars(
            host_row(congress_id).with_for_update(of=Organisation),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if host is None:
            raise NoHost
        before, after = LegalTexts.of(host.legal).values, texts.values
        if editing.version_of(before) != version:
            raise LegalTextsEditedMeanwhile
        names = editing.changes(before, after)
        if names:
            host.legal = texts.written
            changes = {name: [before[name], after[name]] for name in names}
            for number, _title in db.session.execute(congresses_of(host.id)):
                auditing.record(
                    "legal_texts_edited",
                    actor=actor,
                    now=now,
                    congress_id=number,
                    fields=names,
                    details={"host": host.name, "changes": changes},
                )
    return names
