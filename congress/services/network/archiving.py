"""The archive of info mails: what the network has sent, for its members or for everybody."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.folding import fold_for_search
from congress.domain.mails.mailings import MailingState, WrongState
from congress.domain.network.mails import ArchiveReaders, require_sent, without_reader
from congress.domain.slugs import free_code
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import ArchivedMail, Mailing
from congress.queries.network import mails
from congress.services import auditing
from congress.transaction import transaction


def archive(
    mailing_id: int, readers: ArchiveReaders | None, *, actor: Actor, now: datetime
) -> None:
    """Let these read an info mail in the archive; None takes it out again.

    The same once more changes nothing. Raises NotSentYet, and WrongState for what is of no
    network.
    """
    with transaction():
        mailing = db.session.get(Mailing, mailing_id, with_for_update=True)
        if mailing is None or mailing.congress_id is not None:
            raise WrongState
        row = db.session.scalars(
            select(ArchivedMail).where(ArchivedMail.mailing_id == mailing_id)
        ).one_or_none()
        if readers is (ArchiveReaders(row.readers) if row else None):
            return
        if readers is None:
            db.session.delete(row)
        elif row is not None:
            row.readers = readers
        else:
            require_sent(MailingState(mailing.state))
            db.session.add(_new(mailing, readers, now=now))
        verb = f"mail_archived_{readers}" if readers else "mail_not_archived"
        details = {"subject": in_language(mailing.subject, "de")}
        auditing.record(verb, actor=actor, now=now, details=details)


def _new(mailing: Mailing, readers: ArchiveReaders, *, now: datetime) -> ArchivedMail:
    said = (*without_reader(mailing.subject).values(), *without_reader(mailing.text).values())
    return ArchivedMail(
        mailing_id=mailing.id,
        readers=readers,
        code=free_code(in_language(without_reader(mailing.subject), "de"), mails.codes()),
        search=fold_for_search(*said),
        archived_at=now,
    )
