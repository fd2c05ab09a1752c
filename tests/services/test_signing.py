"""Signed mails: what goes out is what receivers check, and a retry is the same mail (DKIM)."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from config import load_settings
from congress import extensions
from congress.mail_routes import WrongSetting
from congress.services.mails import delivering
from tests.builders import OPEN
from tests.services.waiting_mails import a_message

LEASE = timedelta(minutes=5)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SELECTOR = "congress2026"


def pem(key: PrivateKeyTypes = KEY, password: bytes | None = None) -> bytes:
    hidden = serialization.BestAvailableEncryption(password) if password else None
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        hidden or serialization.NoEncryption(),
    )


def is_valid(raw: bytes) -> bool:
    """Check a mail as a receiver does who asks the DNS for the key."""
    public = KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def dns(name: bytes, timeout: int = 5) -> bytes:
        assert name == f"{SELECTOR}._domainkey.congress.test.".encode()
        return b"v=DKIM1; k=rsa; p=" + b64encode(public)

    return bool(dkim.verify(raw, dnsfunc=dns))


@pytest.fixture
def signing(database: None, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(pem())
    changed = {
        "dkim_key": tmp_path / "key.pem",
        "dkim_selector": SELECTOR,
        "dkim_domain": "congress.test",
    }
    extensions.bind_settings(extensions.settings().model_copy(update=changed))


@pytest.mark.sqlite_only
@pytest.mark.usefixtures("signing")
def test_a_mail_is_signed_once_and_repeated_byte_for_byte():
    a_message()
    (first,) = delivering.claim("one", now=OPEN)
    sent = delivering.begin(first.id, delivering.prepare(first), owner="one", now=OPEN)
    (second,) = delivering.claim("two", now=OPEN + LEASE)
    again = delivering.begin(second.id, delivering.prepare(second), owner="two", now=OPEN + LEASE)
    assert sent
    assert again
    assert sent.raw == again.raw
    assert is_valid(sent.raw)


@pytest.mark.sqlite_only
@pytest.mark.usefixtures("signing")
@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"Subject: ", b"Subject: Re: "),
        lambda raw: raw.replace(b"\r\nTo:", b"\r\nReply-To: somebody@else.example\r\nTo:"),
        lambda raw: raw.rstrip() + b"\r\nmore\r\n",
    ],
)
def test_what_was_changed_on_the_way_is_found_out(change: Callable[[bytes], bytes]):
    a_message()
    (claimed,) = delivering.claim("one", now=OPEN)
    raw = delivering.prepare(claimed).raw
    assert change(raw) != raw
    assert not is_valid(change(raw))


@pytest.mark.parametrize(
    ("held", "given", "name", "reason"),
    [
        (None, {}, "DKIM_KEY", "cannot read the file"),
        (b"secret", {}, "DKIM_KEY", "no private key"),
        (pem(password=b"secret"), {}, "DKIM_KEY", "no private key without password"),
        (pem(ec.generate_private_key(ec.SECP256R1())), {}, "DKIM_KEY", "an RSA key of 1024 bits"),
        (pem(), {"dkim_selector": ""}, "DKIM_SELECTOR", "before ._domainkey"),
        (pem(), {"dkim_selector": "a b"}, "DKIM_SELECTOR", "before ._domainkey"),
        (pem(), {"dkim_domain": "example.com"}, "DKIM_DOMAIN", "the domain of MAIL_FROM"),
        (pem(), {"dkim_domain": "ample.org"}, "DKIM_DOMAIN", "the domain of MAIL_FROM"),
        (pem(), {"dkim_domain": "ex ample"}, "DKIM_DOMAIN", "a name of the DNS"),
    ],
)
def test_a_signature_that_would_not_count_stops_the_start(tmp_path, held, given, name, reason):
    key = tmp_path / "key.pem"
    if held:
        key.write_bytes(held)
    usual = {"dkim_selector": SELECTOR, "mail_from": "kongress@post.example.org"}
    with pytest.raises(WrongSetting) as refusal:
        load_settings(**usual | {"var_dir": tmp_path, "dkim_key": key} | given)
    assert refusal.value.name == name
    assert reason in refusal.value.reason
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("domain", ["post.example.org", "example.org", "Example.org"])
def test_the_senders_domain_or_one_above_it_signs(tmp_path, domain):
    (tmp_path / "key.pem").write_bytes(pem())
    settings = load_settings(
        var_dir=tmp_path,
        mail_from="kongress@post.example.org",
        dkim_key=tmp_path / "key.pem",
        dkim_selector=SELECTOR,
        dkim_domain=domain,
    )
    assert settings.dkim_domain == domain
