"""Stating what the law asks of whoever hosts a congress."""

from collections.abc import Mapping
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
        host = hold_host(congress_id)
        before, after = LegalTexts.of(host.legal).values, texts.values
        if editing.version_of(before) != version:
            raise LegalTextsEditedMeanwhile
        names = editing.changes(before, after)
        if names:
            host.legal = texts.written
            changes = {name: [before[name], after[name]] for name in names}
            stated = {"host": host.name, "changes": changes}
            record("legal_texts_edited", host, fields=names, details=stated, actor=actor, now=now)
    return names


def hold_host(congress_id: int) -> Organisation:
    """Return whoever hosts a congress, held inside a running transaction. Raises NoHost.

    Whoever registers as from there holds the congress and only names the host, so need not wait:
    each would wait for the other, as the log names the congress.
    """
    host = db.session.scalars(
        host_row(congress_id).with_for_update(of=Organisation, key_share=True),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if host is None:
        raise NoHost
    return host


def record(
    verb: str,
    host: Organisation,
    *,
    fields: tuple[str, ...] = (),
    details: Mapping[str, object] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write into the log of everything a host hosts, inside a running transaction."""
    stated = dict(details or {"host": host.name})
    for number, _title in db.session.execute(congresses_of(host.id)):
        auditing.record(
            verb, actor=actor, now=now, congress_id=number, fields=fields, details=stated
        )
