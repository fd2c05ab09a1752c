"""Info mails of the network: whom they reach, also while letters wait, and the archive."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.mailings import Audience, MailingUnseen, NobodyToReach, To
from congress.domain.network.funder_report import Mails, Period
from congress.domain.network.mails import ArchiveReaders, NotSentYet
from congress.domain.network.masking import masked
from congress.models import ArchivedMail, Mailing, OutboxMessage
from congress.queries import mailings as queries
from congress.queries.network import mail_readers, mails, report
from congress.services.mails import (
    delivering,
    forgetting,
    mailing_houses,
    mailing_steps,
    mailings,
)
from congress.services.mails.mailings import Content
from congress.services.network import archiving
from tests.builders import a_congress, a_mailing, a_registration
from tests.network import a_contact, a_membership, an_organisation
from tests.network_mails import a_network_mail
from tests.newsletter_readers import a_newsletter_reader
from tests.report_world import BERLIN

NOW = datetime(2016, 3, 1, 12, tzinfo=UTC)
AT: Any = {"actor": COMMAND, "now": NOW}
SUBJECT = {"de": "Neues für {Name}"}
TEXT = {"de": "Guten Tag {Vorname} {Nachname},\n\nam 3. Mai treffen wir uns."}
CONTACTS = Audience(to=To.CONTACTS)
NEW_YEAR = datetime(2016, 12, 31, 23, 30, tzinfo=UTC)  # in Berlin
OLD_YEAR = datetime(2015, 12, 31, 23, 30, tzinfo=UTC)


def a_member(name="Stadt Rheine", state="member", district="05566"):
    town = an_organisation(name, district=district)
    a_membership(town, state=state)
    return town


def write(audience=CONTACTS, text=TEXT, subject=SUBJECT):
    content = Content(subject, text, audience)
    return mailings.save(None, content, mailing_id=None, version=0, **AT)


def the_mail(number):
    found = queries.find(None, number)
    assert found is not None
    return found


def seen(number):
    found = the_mail(number)
    return mailings.mark_of(found, mailing_houses.recipients_of(found, now=NOW))


def send(number):
    return mailings.send(None, number, seen=seen(number), **AT)


def work(now=NOW):
    while mailing_steps.next_step(now=now):
        pass


def letters(session):
    session.rollback()
    which = select(OutboxMessage).where(OutboxMessage.mailing_id.is_not(None))
    return session.scalars(which.order_by(OutboxMessage.id)).all()


def handed_over():
    """Return what goes out, as bytes, by its address."""
    found = delivering.claim("test", now=NOW)
    return {each.recipient: delivering.prepare(each).raw.decode() for each in found}


def reached(audience):
    found = mailing_houses.recipients_of(the_mail(write(audience)), now=NOW)
    return [each.name for each in found.reached]


def test_each_field_is_a_union_and_all_of_them_narrow(session):
    rheine, soest = a_member(), a_member("Stadt Soest", "interested", "05974")
    a_contact(rheine)
    a_contact(rheine, given_name="Dora", email="dora@example.org", role="deputy")
    a_contact(soest, given_name="Emil", email="emil@example.org")
    assert reached(CONTACTS) == ["Anna Albers", "Dora Albers", "Emil Albers"]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"roles": ("deputy",)}, ["Dora Albers"]),
        (
            {"roles": ("deputy", "contact"), "standings": ("member",)},
            ["Anna Albers", "Dora Albers"],
        ),
        ({"districts": ("05974", "05566"), "roles": ("contact",)}, ["Anna Albers", "Emil Albers"]),
        ({"regions": ("059",)}, ["Emil Albers"]),
        ({"regions": ("059",), "standings": ("member",)}, []),
    ]
    for narrowed, found in cases:
        assert reached(Audience(to=To.CONTACTS, **narrowed)) == found


def test_one_person_with_two_terms_is_written_to_once(session):
    for name in ("Stadt Rheine", "Stadt Soest"):
        a_contact(a_member(name))
    assert send(write()) == 1
    work()
    assert len(letters(session)) == 1


def test_ended_terms_and_who_has_left_get_none(session):
    a_contact(a_member(), ends_on=date(2016, 2, 29))
    a_contact(a_member("Stadt Soest"), starts_on=date(2016, 3, 2))
    a_contact(a_member("Stadt Unna", "left"))
    a_contact(an_organisation("Stadt Werl"))
    with pytest.raises(NobodyToReach):
        send(write())


def test_a_term_is_asked_again_when_letters_are_written_and_handed_over(session):
    rheine = a_member()
    stays, leaves, ends = (
        a_contact(rheine, given_name=name, email=f"{name}@example.org")
        for name in ("anna", "berta", "clara")
    )
    number = write()
    assert send(number) == 3
    leaves.ends_on = date(2016, 2, 1)
    session.commit()
    work()
    assert [each.recipient for each in letters(session)] == [stays.email, ends.email]
    ends.ends_on = date(2016, 2, 1)
    session.commit()
    assert set(handed_over()) == {stays.email}
    assert [each.recipient for each in letters(session)] == [stays.email]
    told = mail_readers.told(the_mail(number), NOW.date(), offset=0, limit=9)
    assert [bool(each.mail) for each in told.people] == [True, False, False]


def test_a_letter_to_an_address_that_was_corrected_meanwhile_stays_here(session):
    contact = a_contact(a_member())
    send(write())
    work()
    contact.email, contact.email_key = "neu@example.org", "neu@example.org"
    session.commit()
    assert handed_over() == {}
    assert letters(session) == []


def test_it_reads_as_written_with_the_names_of_its_reader(session):
    a_contact(a_member())
    send(write())
    work()
    [letter] = letters(session)
    assert (letter.kind, letter.congress_id) == ("network_mail", None)
    assert letter.facts["subject"] == "Neues für Anna Albers"
    made = handed_over()["anna.albers@example.org"]
    assert "Anna Albers," in made
    assert "List-Unsubscribe" not in made


def test_a_cohort_is_who_has_a_place_in_it(session):
    training = a_congress(kind="training")
    a_registration(training, state="confirmed", email="a@example.org")
    a_registration(training, state="waiting", email="b@example.org")
    a_registration(a_congress(slug="anderer"), state="confirmed", email="c@example.org")
    assert send(write(Audience(to=To.COHORT, cohort_id=training.id))) == 1
    work()
    assert [each.recipient for each in letters(session)] == ["a@example.org"]


def test_the_newsletter_goes_to_its_own_readers(session):
    a_newsletter_reader(a_congress())
    a_newsletter_reader(None, 2)
    a_newsletter_reader(None, 3, confirmed_at=None)
    assert send(write(Audience(to=To.NETWORK_NEWSLETTER), {"de": "Hallo"}, {"de": "Neu"})) == 1
    work()
    [letter] = letters(session)
    assert (letter.kind, letter.recipient) == ("network_newsletter", "leserin2@example.org")
    made = handed_over()[letter.recipient]
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in made
    assert "List-Id: <network.newsletter." in made


def test_nobody_sends_what_they_have_not_seen(session):
    a_contact(a_member())
    number = write()
    mark = seen(number)
    a_contact(a_member("Stadt Soest"), given_name="Emil", email="emil@example.org")
    with pytest.raises(MailingUnseen):
        mailings.send(None, number, seen=mark, **AT)


def test_it_goes_out_at_its_moment_to_whoever_it_is_for_then(session):
    contact = a_contact(a_member())
    number, at = write(), NOW + timedelta(days=1)
    mailings.schedule(None, number, at, seen=seen(number), **AT)
    contact.ends_on = NOW.date()
    session.commit()
    work(at)
    row = session.get(Mailing, number)
    session.refresh(row)
    assert (row.state, row.fault) == ("draft", "NobodyToReach")


def test_paused_resumed_and_stopped(session):
    a_contact(a_member())
    number = write()
    send(number)
    mailings.pause(None, number, **AT)
    work()
    assert letters(session) == []
    mailings.resume(None, number, **AT)
    mailings.pause(None, number, **AT)
    assert mailings.stop(None, number, **AT) == 1


def test_that_of_a_congress_is_none_of_the_network(session):
    other = a_mailing(a_congress())
    assert queries.find(None, other.id) is None
    assert [each.id for each in queries.of_congress(None)] == []


def test_readers_are_forgotten_after_a_month_and_numbers_stay(session):
    a_contact(a_member())
    number = write()
    send(number)
    work()
    assert forgetting.forget_readers(now=NOW + timedelta(days=20)) == 0
    assert forgetting.forget_readers(now=NOW + timedelta(days=40)) == 1
    row = session.get(Mailing, number)
    session.refresh(row)
    assert (row.readers, row.total, row.done) == ([], 1, 1)


@pytest.mark.parametrize(("begun", "counted"), [(NOW, 1), (NEW_YEAR, 0), (OLD_YEAR, 1)])
def test_the_report_counts_what_began_in_its_years_as_it_is_counted_here(session, begun, counted):
    a_network_mail(state="sent", started_at=begun, total=9, done=9)
    a_network_mail(state="draft")
    told = report.report(Period(2016, 2016), BERLIN, now=NOW).network_mails
    assert told == Mails(counted, masked(9 * counted))


def test_the_archive_has_what_was_sent_without_names(session):
    a_contact(a_member())
    number = write()
    with pytest.raises(NotSentYet):
        archiving.archive(number, ArchiveReaders.PUBLIC, **AT)
    send(number)
    work()
    archiving.archive(number, ArchiveReaders.MEMBERS, **AT)
    public, everybody = {ArchiveReaders.PUBLIC}, set(ArchiveReaders)
    assert mails.archive(public, "", limit=9, offset=0) == ([], 0)
    [found], total = mails.archive(everybody, "MAI", limit=9, offset=0)
    assert (total, found.subject["de"]) == (1, "Neues für")
    assert found.text["de"] == "Guten Tag,\n\nam 3. Mai treffen wir uns."
    archiving.archive(number, ArchiveReaders.PUBLIC, **AT)
    assert mails.find_archived(found.code, public).mailing_id == number
    assert mails.archive(everybody, "Juni", limit=9, offset=0) == ([], 0)
    archiving.archive(number, None, **AT)
    archiving.archive(number, None, **AT)
    assert session.scalars(select(ArchivedMail)).all() == []
