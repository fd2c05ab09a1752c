"""SEC-27: what is kept of a mail opens nothing."""

import quopri

import pytest

from congress.domain.mails.masking import SOFT_BREAK, without_secrets

BASE = "https://congress.test"
TOKEN = "Ab_9" + "x" * 39
MASK = "x" * len(TOKEN)


def folded(text: str) -> bytes:
    return quopri.encodestring(text.encode()).replace(b"\n", b"\r\n")


@pytest.mark.parametrize("before", range(80))
def test_a_link_is_masked_wherever_its_line_is_broken(before):
    text = f"{'-' * before} {BASE}/registration/{TOKEN}\n"

    masked = without_secrets(folded(text), BASE)

    assert len(masked) == len(folded(text))
    assert (
        masked.replace(SOFT_BREAK, b"") == text.replace(TOKEN, MASK).replace("\n", "\r\n").encode()
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{BASE}/fachkongress-2015-buergerschaftliches-engagement\n",  # a slug is no secret
        f"https://elsewhere.test/registration/{TOKEN}\n",
        "Keine Adresse, Größe = 3\n",
    ],
)
def test_everything_else_stays_as_it_was(text):
    assert without_secrets(folded(text), BASE) == folded(text)
