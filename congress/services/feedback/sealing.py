"""Ballots that are not counted yet, sealed: the database has neither key nor order nor number.

Not Fernet, whose tokens say when they were made.
"""

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congress.domain.feedback.counting import Answers
from congress.services.tokens import keys

log = logging.getLogger(__name__)

NONCE = 12  # bytes (NIST SP 800-38D, 5.2.1.1)
BLOCK = 65_536  # bytes, so that as a rule one ballot is as long as nine
_random = secrets.SystemRandom()


def shuffled(ballots: Sequence[Answers]) -> list[Answers]:
    """Return ballots in an order that has nothing to do with that in which they came."""
    return _random.sample(list(ballots), len(ballots))


def seal(box: str, ballots: Sequence[Answers]) -> bytes:
    """Return ballots as the row of this box keeps them."""
    plain = json.dumps(
        [{key: list(said) for key, said in each.items()} for each in ballots], ensure_ascii=False
    )
    padded = plain.encode()
    padded = padded.ljust(-(-len(padded) // BLOCK) * BLOCK)
    nonce = secrets.token_bytes(NONCE)
    return nonce + _ciphers()[0].encrypt(nonce, padded, box.encode())


def unseal(box: str, sealed: bytes) -> list[Answers]:
    """Return the ballots in a box; none of a key that nobody has any more, which the log says."""
    nonce, content = sealed[:NONCE], sealed[NONCE:]
    for cipher in _ciphers():
        try:
            plain = cipher.decrypt(nonce, content, box.encode())
        except InvalidTag:
            continue
        return [{key: tuple(said) for key, said in each.items()} for each in json.loads(plain)]
    log.error("feedback_key_unknown box=%s", box)
    return []


def _ciphers() -> list[AESGCM]:
    return [AESGCM(hmac.digest(key.secret, b"feedback", hashlib.sha256)) for key in keys()]
