"""The mails that carry a calendar entry: what they say of it."""

from email import message_from_bytes, policy

import pytest

from congress.formats.mail import render
from tests.formats.test_mail import read
from tests.mail_facts import CALENDAR_KINDS, CANCELLED_ENTRY, CONGRESS, ENTRY, TOKEN, a_mail


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


@pytest.mark.parametrize(
    ("kind", "facts", "method"),
    [
        ("changed", {"entry": ENTRY}, "REQUEST"),
        ("place_gained", {"entry": ENTRY}, "REQUEST"),
        ("programme_changed", {"entry": ENTRY}, "REQUEST"),
        ("congress_cancelled", {"entry": CANCELLED_ENTRY}, "CANCEL"),
        ("calendar_request", {}, "REQUEST"),
        ("calendar_cancel", {}, "CANCEL"),
        ("confirmed", {"entry": ENTRY}, "REQUEST"),
        ("withdrawn", {"entry": CANCELLED_ENTRY}, "CANCEL"),
    ],
)
def test_the_calendar_object_lies_where_mail_programs_look(kind, facts, method):
    """ICS-02, ICS-03, ICS-07: last alternative with the method, and the same bytes as a file."""
    mail = read(a_mail(kind, **facts))
    assert mail.get_content_type() == "multipart/mixed"
    alternative, file = mail.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in alternative.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = list(alternative.iter_parts())[-1]
    assert calendar["Content-Type"].params == {"charset": "UTF-8", "method": method}
    assert file.get_content_type() == "application/ics"
    assert "method" not in file["Content-Type"].params
    assert file.get_filename() == "einladung.ics"
    content = calendar.get_payload(decode=True)
    assert content == file.get_payload(decode=True)
    assert f"METHOD:{method}\r\n".encode() in content


@pytest.mark.parametrize("kind", CALENDAR_KINDS)
def test_a_calendar_mail_holds_no_secret_link(kind):
    """SEC-27: people share calendars with a whole team."""
    mail = read(a_mail(kind))
    contents = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    assert not any(TOKEN.encode() in bytes(content) for content in contents)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (("Ihr Workshop:\nNetze\nRaum 3", "Ihr Workshop:\nChöre\nRaum 2"), "Netze, Raum 3. Ihr"),
        (("Fällt aus:\nNetze", "Fragen?"), "Fällt aus: Netze. Fragen?"),
        (("Online: https://video.example.org/j/1",), "Online: https://video.example.org/j/1 "),
    ],
)
def test_the_notes_of_an_entry_follow_each_other_as_sentences(blocks, said):
    content = ENTRY["content"] | {"description": "\n\n".join(blocks)}
    mail = read(a_mail("calendar_request", entry=ENTRY | {"content": content}))
    body = mail.get_body(("plain",))
    assert body
    assert said in " ".join(body.get_content().split())
