import time

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Congress, OutboxMessage
from tests.builders import a_registration
from tests.web import pages
from tests.web.registration.visitors import Visitor

PAGE = "/fachkongress/resend-link"


def mails(app, kind="link") -> list[str]:
    with app.app_context():
        return list(
            db.session.scalars(select(OutboxMessage.recipient).where(OutboxMessage.kind == kind))
        )


def ask(visitor: Visitor, email: str):
    return visitor.send(PAGE, **visitor.hidden(PAGE) | {"email": email})


def test_a_known_and_an_unknown_address_get_the_same_answer(visitor, app, congress):
    """SEC-24."""
    visitor.own_page()

    known, unknown = ask(visitor, "erika.muster@example.org"), ask(visitor, "x@example.org")

    assert known.status_code == unknown.status_code == 303
    assert known.headers["Location"] == unknown.headers["Location"] == "/fachkongress/link-sent"
    assert known.data == unknown.data
    assert pages.has(pages.section(pages.read(visitor.open(known.location)), "weiter"), href=PAGE)
    assert mails(app) == ["erika.muster@example.org"]


def test_all_people_of_one_mailbox_share_one_mail(visitor, app, congress):
    visitor.own_page()
    visitor.own_page(given_name="Max")

    ask(visitor, " ERIKA.MUSTER@example.org ")

    assert mails(app) == ["erika.muster@example.org"]


def test_a_stranger_cannot_fill_a_mailbox(visitor, app, congress, on_a_day):
    """SEC-30: at most five such mails per hour and address, with the same answer throughout."""
    visitor.own_page()

    answers = []
    for _minute in range(8):
        answers += [ask(visitor, "erika.muster@example.org") for _twice in range(2)]
        on_a_day.shift(60)

    assert {answer.status_code for answer in answers} == {303}
    assert len(mails(app)) == 5


@pytest.mark.sqlite_only
@pytest.mark.parametrize("typed", ["", "erika", "a@example.org,b@example.org", "a\nBcc: b@x.de"])
def test_what_is_no_address_is_refused_with_a_sentence(visitor, app, congress, typed):
    answer = ask(visitor, typed)

    assert answer.status_code == 422
    assert '<a href="#email">' in answer.text
    assert "<title>Fehler: " in answer.text
    assert mails(app) == []


@pytest.mark.sqlite_only
def test_opening_the_page_sends_nothing(visitor, app, congress):
    """SEC-12."""
    visitor.own_page()

    assert visitor.open(PAGE).status_code == 200
    assert visitor.open(f"{PAGE}?email=erika.muster@example.org").status_code == 200
    assert mails(app) == []


@pytest.mark.sqlite_only
def test_the_link_stands_on_every_page_of_the_congress(visitor, congress):
    for path in ("/fachkongress/register", "/fachkongress/registered", visitor.own_page()):
        assert f'href="{PAGE}"' in visitor.open(path).text


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_the_answer_takes_as_long_for_an_unknown_address(visitor, app, congress):
    """SEC-24: less than 10 ms apart, where every known address gets its mail.

    Asked in turns, in the time of the processor, and the quickest of ninety counts, so that other
    work on the machine does not; nothing in an answer waits.
    """
    known = [f"person-{number}@example.org" for number in range(90)]
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        for email in known:
            a_registration(row, email=email)
    form = visitor.hidden(PAGE)

    def seconds(email: str) -> float:
        begun = time.process_time()
        visitor.send(PAGE, **form | {"email": email})
        return time.process_time() - begun

    took = [(seconds(email), seconds("x@example.org")) for email in known]
    quickest, quickest_unknown = (min(times) for times in zip(*took, strict=True))

    assert abs(quickest - quickest_unknown) < 0.010
    assert sorted(mails(app)) == sorted(known)
