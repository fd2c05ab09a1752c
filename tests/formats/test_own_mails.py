"""What organisers write and attach themselves, in the mails that carry it."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from congress.formats.mail import Attachment, render
from tests.mail_facts import CONGRESS, a_mail


def read(mail):
    return message_from_bytes(render(mail).raw, policy=policy.default)


def content_of(mail, subtype):
    return read(mail).get_body((subtype,)).get_content().replace("\r", "")


def test_a_file_with_a_long_name_travels_too():
    file = Attachment(1, f"{'漢' * 116}.pdf", "application/pdf", b"%PDF-1.7")
    mail = replace(a_mail("info_mail"), files=(file,))
    assert max(map(len, render(mail).raw.split(b"\r\n"))) <= 998  # RFC 5322, section 2.1.1
    [part] = read(mail).iter_attachments()
    assert re.fullmatch("漢{90,}[.]pdf", part.get_filename())


@pytest.mark.parametrize("kind", ["contribution_reminder", "reminder", "follow_up"])
def test_own_words_of_reminders_keep_their_paragraphs_and_lists(kind):
    lines = ["Bitte **bald**:", "", "- eins", "- zwei", "", "{Ort}"]
    congress = CONGRESS | {"address": "Markt 1\n44532 Lünen", "venue": "Rathaus"}
    mail = a_mail(kind, lines=lines, congress=congress)
    html, text = content_of(mail, "html"), content_of(mail, "plain")
    assert "<p>Bitte <strong>bald</strong>:</p>" in html
    assert "<p><p>" not in html
    assert "- eins\n- zwei" in text
    assert "\n\nRathaus, Markt 1, 44532 Lünen\n" in text


def test_whoever_writes_until_before_the_deadline_reads_it_once():
    mail = a_mail("reminder", lines=["Nur noch bis {Anmeldeschluss}."])
    assert "Nur noch bis 7. Oktober 2015, 24.00 Uhr." in content_of(mail, "plain")
