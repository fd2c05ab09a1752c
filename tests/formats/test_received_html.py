"""Mails that have HTML only, made to hold up whoever takes them apart."""

import pytest

from congress.formats import received_mail

HEAD = b"From: eva@example.org\r\nSubject: Hi\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hello</p><style>p{}</style>you", "Hello  you"),
        ("Hello<style>p{}<style><style>", "Hello"),  # one that never ends is read once
        ("Hello <<<<b>you", "Hello <<< you"),  # each start ends at the next
    ],
)
def test_tags_are_taken_away(html: str, text: str) -> None:
    assert received_mail.read(HEAD + html.encode()).text == text
