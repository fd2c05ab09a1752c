"""Newsletters say how to leave them; mails about one's own registration have no such way."""

import email
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from congress.formats.signing import Signature, signed_header
from tests.mail_facts import BASE, TOKEN, a_mail

WAYS_OUT = {
    MessageKind.NEWSLETTER: "newsletter",
    MessageKind.NETWORK_NEWSLETTER: "newsletter",
    MessageKind.OPENING_NOTED: "opening",
    MessageKind.REGISTRATION_OPENED: "opening",
}


@pytest.mark.parametrize("kind", list(MessageKind))
def test_only_what_one_asked_for_by_an_address_can_be_unsubscribed(kind):
    letter = a_mail(kind)
    way_out = WAYS_OUT.get(kind)
    if way_out is not None:
        there = {"unsubscribe": f"{BASE}/{way_out}/{TOKEN}/leave"}
        letter = replace(letter, links={**letter.links, **there})
    mail = email.message_from_bytes(render(letter).raw)

    has_way_out = [name for name in mail if name.startswith("List-")]
    if way_out is not None:
        assert has_way_out == ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"]
        assert mail["List-Unsubscribe"] == f"<{BASE}/{way_out}/{TOKEN}/leave>"
        assert f".{way_out}." in mail["List-Id"]
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["Precedence"] == "bulk"
    else:
        assert has_way_out == []
        assert "Precedence" not in mail


def test_the_signature_covers_the_way_out():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    raw = signed_header(
        render(a_mail(MessageKind.NEWSLETTER)).raw, Signature("a.example", "s", key)
    )

    covered = "".join(email.message_from_bytes(raw)["DKIM-Signature"].lower().split())
    assert "list-unsubscribe:list-unsubscribe-post" in covered
