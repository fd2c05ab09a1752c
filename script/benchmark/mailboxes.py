"""What it takes to write an info mail to very many, and to read very many replies.

A program of its own on a database of its own: no server and no worker run beside it. Prints JSON:
of the letters and of the pass over the mailbox, what each took.
"""

import json
import mailbox
import sys
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from config import load_settings
from congress import clock, transaction, worker
from congress.app import create_app
from congress.domain.access import COMMAND
from congress.domain.mails.mailings import Audience
from congress.extensions import db
from congress.models import CalendarEntry, Mailing, OutboxMessage, Registration
from congress.queries import mailing_readers
from congress.queries import mailings as written
from congress.services.mails import mailing_steps, mailings
from congress.services.mails.mailings import Content
from script.benchmark import alone, congresses
from script.benchmark.returned import reply, report

TEXT = {
    "de": "Guten Tag {Vorname},\n\n**bald** ist es so weit.\n\n{Workshops}\n\n[Ihre Seite]({Link})"
}
EVERYBODY = Audience()


@dataclass
class Took:
    """Seconds, the longest write transaction among them, and how many mails."""

    readers: int
    replies: int
    looked_at: float = 0
    written: float = 0
    longest: float = 0
    read: float = 0


def main() -> None:
    """Fill a congress, write to all of it, then read as many replies as asked for."""
    readers, replies, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    box = folder / f"replies-{readers}"
    app = create_app(load_settings(reply_mailbox=f"maildir:{box}"))
    alone.prepare(app, congresses.NEWS, folder)
    with app.app_context():
        congress_id = alone.filled(congresses.NEWS.slug, readers)
        took = _write(congress_id, Took(readers, replies))
        _put(box, replies)
        began = time.perf_counter()
        while worker.read_replies():
            pass
        took.read = time.perf_counter() - began
    print(json.dumps(asdict(took)))


def _write(congress_id: int, took: Took) -> Took:
    content = Content({"de": "{Titel}: so geht es"}, TEXT, EVERYBODY)
    now = clock.now()
    number = mailings.save(congress_id, content, mailing_id=None, version=0, actor=COMMAND, now=now)
    began = time.perf_counter()
    mailing = written.find(congress_id, number)
    if mailing is None:
        raise LookupError(number)
    seen = mailings.mark_of(mailing, mailing_readers.recipients_of(mailing))
    took.looked_at = time.perf_counter() - began
    mailings.send(congress_id, number, seen=seen, actor=COMMAND, now=clock.now())
    took.longest = alone.longest(lambda: mailing_steps.next_step(now=clock.now()))
    took.written = time.perf_counter() - began
    done = db.session.scalars(select(Mailing.done).where(Mailing.id == number)).one()
    if not done:
        raise LookupError("nobody was written to")
    return took


def _put(box: Path, count: int) -> None:
    """Put half as many answers, half as many reports into the mailbox."""
    with transaction.transaction():
        db.session.execute(
            update(OutboxMessage).values(state="sent", sent_at=clock.now() - timedelta(hours=1))
        )
    folder = mailbox.Maildir(box, create=True)
    entries = db.session.execute(
        select(CalendarEntry.uid, CalendarEntry.sequence, Registration.email)
        .join(Registration, Registration.id == CalendarEntry.registration_id)
        .where(Registration.email_key != "")
        .limit(count // 2)
    )
    for number, (uid, sequence, email) in enumerate(entries):
        folder.add(reply(uid, sequence, email, "ACCEPTED" if number % 2 else "DECLINED"))
    sent = db.session.execute(
        select(OutboxMessage.message_id, OutboxMessage.recipient).limit(count // 2)
    )
    for message_id, recipient in sent:
        folder.add(report(message_id, recipient))
    db.session.rollback()


if __name__ == "__main__":
    main()
