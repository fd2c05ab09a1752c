"""Under which names the program answers, and whose word it takes for where a request is from."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, abort, request

from config import Settings

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
# Load balancers ask by address; the answers hold no link.
FOR_ANY_HOST = frozenset({"/healthz", "/readyz", "/metrics"})


class Forwarded:
    """Corrects what a reverse proxy hides: who asks, and whether the visitor came by https.

    `X-Forwarded-For` is believed only from TRUSTED_PROXIES; the scheme is that of BASE_URL, like
    every link (SEC-10).
    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._trusted = settings.trusted_proxies
        self._scheme = urlsplit(settings.base_url).scheme

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = self._scheme
        forwarded = environ.pop("HTTP_X_FORWARDED_FOR", "")
        if forwarded and self._trusted:
            environ["REMOTE_ADDR"] = self._visitor(environ.get("REMOTE_ADDR", ""), forwarded)
        return self._app(environ, start_response)

    def _visitor(self, peer: str, forwarded: str) -> str:
        """Walk from our own proxy outwards to the first address that is none of ours."""
        for hop in reversed(forwarded.split(",")):
            address = _address(peer)
            if address is None or not any(address in network for network in self._trusted):
                break
            if _address(hop.strip()) is None:
                break
            peer = hop.strip()
        return peer


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def answer_own_hosts_only(app: Flask, settings: Settings) -> None:
    """Refuse requests for other hosts than that of BASE_URL with 400 (SEC-10)."""
    own = urlsplit(settings.base_url).netloc.rpartition("@")[2]
    known = {_without_port(own)} | (LOCAL if settings.is_demo else frozenset())

    def require_known_host() -> None:
        host = _without_port(request.environ.get("HTTP_HOST", "").lower())
        if host not in known and request.path not in FOR_ANY_HOST:
            abort(400)

    app.before_request(require_known_host)


def _without_port(host: str) -> str:
    name, separator, port = host.rpartition(":")
    return name if separator and port.isdigit() else host
