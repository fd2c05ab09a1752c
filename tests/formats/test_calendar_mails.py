"""The mails that carry a calendar entry: what they say of it."""

from email import message_from_bytes, policy

import pytest

from congress.formats.mail import render
from tests.mail_facts import CONGRESS, a_mail


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("calendar_cancel", "Aus Ihrem Kalender genommen"),
        ("calendar_request", "Kalendereintrag"),
    ],
)
def test_the_subject_of_an_entry_names_its_own_day_and_no_other(kind, words):
    """ICS-07: the congress has moved on, or has other days beside this one."""
    moved = {"starts_at": "2015-10-28T08:30:00+00:00", "ends_at": "2015-10-28T15:30:00+00:00"}
    for days in ([moved], [*CONGRESS["days"], moved]):
        raw = render(a_mail(kind, congress=CONGRESS | {"days": days})).raw
        subject = message_from_bytes(raw, policy=policy.default)["Subject"]
        assert subject == f"{words}: Fachkongress am 21. Oktober 2015 in Lünen"
