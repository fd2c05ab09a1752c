"""Where passkeys can be, and for which address."""

import pytest

from congress.domain.logins.passkeys import RelyingParty, relying_party


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://kongress.example.org", "kongress.example.org"),
        ("https://kongress.example.org:8443", "kongress.example.org"),
        ("http://localhost:8000", "localhost"),
        ("http://kongress.example.org", None),  # browsers want https
        ("http://127.0.0.1:8000", None),  # and a name
        ("https://192.0.2.1", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_hold_for_a_name(base_url, name):
    assert relying_party(base_url) == (RelyingParty(name, base_url) if name else None)
