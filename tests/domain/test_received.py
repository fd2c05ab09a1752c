"""What mails that came back mean, and which of them nobody is to believe."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.mails.received import (
    Answer,
    Answered,
    Bounced,
    ForHuman,
    Ignored,
    Noted,
    Received,
    Reply,
    Report,
    Why,
    is_mailbox_gone,
    is_overtaken,
    is_theirs,
    meaning,
)

AT = datetime(2015, 9, 1, 8, 0, tzinfo=UTC)
OURS = "<1@congress.test>"
WORDS = Received(sender="erika@example.org", subject="Frage", text="Gibt es Parkplätze?")
YES = Reply("REPLY", "uid-1", 2, "erika@example.org", "ACCEPTED", AT)
FAILED = Report("failed", "5.1.1", "erika@example.org", "550 5.1.1 unknown user")
RETURNED = Received(
    sender="MAILER-DAEMON@mx.example.org",
    subject="failure notice",
    text="<erika@example.org>:\n192.0.2.1 said: 550 sorry, no mailbox here by that name",
    brings_back=(OURS,),
    about=(OURS,),
)
REPORTED = replace(WORDS, reports=(FAILED,), is_report=True, about=(OURS,))
UNNAMED = replace(REPORTED, reports=(replace(FAILED, recipient=""),))
ERIKA = ("erika@example.org",)


@pytest.mark.parametrize(
    ("mail", "meant"),
    [
        (WORDS, ForHuman(Why.WORDS)),
        (replace(WORDS, is_whole=False), ForHuman(Why.TOO_LARGE)),
        (replace(WORDS, is_readable=False), ForHuman(Why.UNREADABLE)),
        (replace(WORDS, headers={"auto-submitted": "no"}), ForHuman(Why.WORDS)),
        (replace(WORDS, headers={"auto-submitted": "auto-replied; owner=x"}), Ignored()),
        (replace(WORDS, headers={"x-autoreply": "yes"}), Ignored()),
        (replace(WORDS, headers={"precedence": "auto_reply"}), Ignored()),
        (replace(WORDS, subject="Automatische Antwort: Anmeldung"), Ignored()),
        (replace(WORDS, subject="Abwesenheitsnotiz"), Ignored()),
        (replace(WORDS, subject="Ich bin dabei"), ForHuman(Why.WORDS)),
        (
            replace(WORDS, reply=YES),
            Answered("uid-1", 2, "erika@example.org", Answer.ACCEPTED, AT),
        ),
        (replace(WORDS, reply=replace(YES, method="COUNTER")), ForHuman(Why.COUNTER)),
        (replace(WORDS, reply=replace(YES, answer="DELEGATED")), ForHuman(Why.COUNTER)),
        (replace(WORDS, reply=Reply("")), ForHuman(Why.COUNTER)),
        (replace(WORDS, reply=replace(YES, is_of_one=False)), ForHuman(Why.FOREIGN)),
        (replace(WORDS, sender="boss@example.org", reply=YES), ForHuman(Why.FOREIGN)),
        (
            replace(WORDS, sender="Erika@EXAMPLE.org", reply=YES),
            Answered("uid-1", 2, "erika@example.org", Answer.ACCEPTED, AT),
        ),
        (
            REPORTED,
            Bounced((OURS,), ERIKA, "550 5.1.1 unknown user", True),
        ),
        (
            replace(REPORTED, reports=(replace(FAILED, status="5.2.2"),)),
            Bounced((OURS,), ERIKA, "550 5.1.1 unknown user", False),
        ),
        (
            replace(REPORTED, reports=(replace(FAILED, status="5.0.0"),)),
            Bounced((OURS,), ERIKA, "550 5.1.1 unknown user", True),
        ),
        (
            replace(REPORTED, reports=(replace(FAILED, status=""),)),
            Bounced((OURS,), ERIKA, "550 5.1.1 unknown user", True),
        ),
        (replace(REPORTED, about=()), ForHuman(Why.REPORT)),
        (replace(REPORTED, is_report=False), ForHuman(Why.REPORT)),
        (UNNAMED, ForHuman(Why.REPORT)),
        (
            replace(UNNAMED, brings_back=(OURS,)),
            Bounced((OURS,), (), "550 5.1.1 unknown user", True),
        ),
        (replace(WORDS, reports=(replace(FAILED, action="delayed"),), about=(OURS,)), Ignored()),
        (
            RETURNED,
            Bounced(
                (OURS,), ERIKA, "192.0.2.1 said: 550 sorry, no mailbox here by that name", True
            ),
        ),
        (replace(RETURNED, brings_back=()), ForHuman(Why.REPORT)),
        (replace(RETURNED, text="550 no such mailbox"), ForHuman(Why.REPORT)),
        (replace(RETURNED, text="Delivery is delayed: 451 try again"), ForHuman(Why.REPORT)),
    ],
)
def test_meaning(mail: Received, meant: object) -> None:
    assert meaning(mail) == meant


@pytest.mark.parametrize(
    ("said", "is_gone"),
    [
        ("550 5.1.1 unknown user", True),
        ("550 no such user here", True),
        ("551 user not local", True),
        ("553 mailbox name not allowed", True),
        ("5.1.10", True),
        ("550 5.2.1 mailbox disabled", True),
        ("550 5.4.1 Recipient address rejected: Access denied", True),
        ("550 5.7.1 message refused by policy", False),
        ("552 5.2.2 mailbox full", False),
        ("552 mailbox full", False),
        ("554 transaction failed", False),
        ("550 5.6.0 content", False),
        ("550 5.1.100 something new", False),
        ("5.0.0", False),
        ("", False),
        ("550 User unknown", True),
        ("550-unknown user", True),
        ("550 Unrouteable address", True),
        ("550 <erika@example.org>: Recipient does not exist", True),
        ("550 Empfänger unbekannt", True),
        ("550 Requested action not taken: mailbox unavailable", True),
        ("553 sorry, no mailbox here by that name", True),
        ("550 relay not permitted", False),
        ("550 rejected because 203.0.113.9 is in a black list at dnsbl.example", False),
        ("550 Message content rejected", False),
        ("550 Mailbox quota exceeded", False),
        ("550 Sender unknown", False),
        ("553 sorry, that domain isn't in my list of allowed rcpthosts", False),
        ("550 we do not know you", False),
        ("550", False),
    ],
)
def test_which_words_of_a_server_mean_that_there_is_no_mailbox(said: str, is_gone: bool) -> None:
    assert is_mailbox_gone(said) is is_gone


ANSWERED = Answered("uid-1", 2, "erika@example.org", Answer.DECLINED, AT)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("answered", "address", "sequence", "last", "does_count"),
    [
        (ANSWERED, "erika@example.org", 2, None, True),
        (ANSWERED, "Erika@example.org", 5, None, True),
        (ANSWERED, "else@example.org", 2, None, False),
        (ANSWERED, "", 2, None, False),
        (ANSWERED, "erika@example.org", 1, None, False),
        (replace(ANSWERED, sequence=-1), "erika@example.org", 1, None, False),
        (ANSWERED, "erika@example.org", 2, Noted(2, AT - MINUTE), True),
        (ANSWERED, "erika@example.org", 2, Noted(2, AT + MINUTE), False),
        (ANSWERED, "erika@example.org", 3, Noted(3, AT - MINUTE), False),
        (ANSWERED, "erika@example.org", 3, Noted(1, AT + MINUTE), True),
        (replace(ANSWERED, stamped_at=None), "erika@example.org", 2, Noted(2, AT), True),
    ],
)
def test_which_answer_counts(
    answered: Answered, address: str, sequence: int, last: Noted | None, does_count: bool
) -> None:
    is_late = last is not None and is_overtaken(answered, last)
    theirs = is_theirs(answered, address=address, sequence=sequence)
    assert (theirs and not is_late) is does_count
