"""Headers that every answer carries, whoever made it: pages, errors, files (SEC-20)."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; "  # the icons of KERN are masks in its style sheet
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
TWO_YEARS = 63_072_000

DEFAULTS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Addresses of own pages are secrets and must not travel to the next site.
    ("Referrer-Policy", "no-referrer"),
    # One page asks for the camera, and says so.
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    # Whoever wants to be kept by browsers and proxies says so.
    ("Cache-Control", "no-store"),
)
ONLY_HTTPS = ("Strict-Transport-Security", f"max-age={TWO_YEARS}; includeSubDomains")


_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)


def policy_of_mail(html: str) -> str:
    """Return what the HTML of a mail may do as a document of its own: show itself.

    Its styles are allowed by their digests, so nothing else has a look; pictures stand in it.
    """
    # Browsers read CR LF as LF before they compare.
    blocks = [block.encode() for block in _STYLE.findall(html.replace("\r\n", "\n"))]
    digests = [f"'sha256-{b64encode(sha256(block).digest()).decode()}'" for block in blocks]
    styles = " ".join(digests) or "'none'"
    return (
        f"sandbox; default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; "
        "form-action 'none'; object-src 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds to each answer the headers it does not bring itself."""

    def __init__(self, app: WSGIApplication, *, is_https: bool) -> None:
        self._app = app
        defaults = (*DEFAULTS, ONLY_HTTPS) if is_https else DEFAULTS
        self._defaults = tuple((name.lower(), (name, value)) for name, value in defaults)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: Any = None,  # noqa: ANN401 - PEP 3333
        ) -> Any:  # noqa: ANN401
            brought = {name.lower() for name, _ in headers}
            headers.extend(header for name, header in self._defaults if name not in brought)
            return start_response(status, headers, exc_info)

        return self._app(environ, start)
