"""Signatures of mails that receivers check against the sender's domain (DKIM, RFC 6376)."""

from dataclasses import dataclass, field

# What a reader sees and what makes the mail, each named once more than it stands there: so that
# nobody adds another one on the way (RFC 6376, section 8.15).
SIGNED = b"From To Reply-To Subject Date Message-ID MIME-Version Content-Type".split() * 2
# So that mail programs trust the address they unsubscribe at (RFC 8058, section 4).
OF_LISTS = b"List-Unsubscribe List-Unsubscribe-Post".split()
CANONICAL = (b"relaxed", b"relaxed")  # white space may change on the way


@dataclass(frozen=True)
class Signature:
    """In whose name mails are signed; the key is RSA in PEM."""

    domain: str
    selector: str
    key: bytes = field(repr=False)


def signed_header(raw: bytes, signature: Signature) -> bytes:
    """Return the header that signs a mail, to stand before it.

    It holds the moment it was made: sign once and keep the bytes.
    """
    import dkim  # noqa: PLC0415 - loads all of DNS, and few installations sign

    headers = raw.partition(b"\r\n\r\n")[0]
    is_of_list = b"\r\nList-Unsubscribe: " in headers
    header: bytes = dkim.sign(
        raw,
        signature.selector.encode("ascii"),
        signature.domain.encode("ascii"),
        signature.key,
        canonicalize=CANONICAL,
        include_headers=SIGNED + (OF_LISTS if is_of_list else []),
    )
    return header
