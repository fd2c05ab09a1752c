"""The key that signs mails (DKIM), read from its file; config.py asks at the start."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from congress.mail_routes import WrongSetting

FEWEST_BITS = 1024  # RFC 8301, section 3.2; better 2048


@lru_cache(maxsize=4)
def read(path: Path) -> bytes:
    """Return an RSA key in PEM, without a password; raises `WrongSetting`."""
    try:
        pem = path.read_bytes()
    except OSError as error:
        raise WrongSetting("DKIM_KEY", f"cannot read the file {path} ({error.strerror})") from error
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise WrongSetting("DKIM_KEY", f"{path} holds no private key without password") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < FEWEST_BITS:
        raise WrongSetting("DKIM_KEY", f"{path} must hold an RSA key of {FEWEST_BITS} bits or more")
    return pem
