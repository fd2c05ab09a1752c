"""Requests that another site makes in a visitor's name are refused (SEC-14)."""

from flask import Flask, abort, request
from flask_wtf import CSRFProtect

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Mail programs send it without a cookie (RFC 8058); the secret in the address says who it is.
AT_ONCE = (
    "congress.web.public.newsletter.leave_newsletter",
    "congress.web.public.opening.leave_opening",
)


def refuse_forged_requests(app: Flask) -> None:
    """Require a token in every form, and that browsers do not name another site as its origin."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch still works
        # We send no referrer, so there is none to compare; Sec-Fetch-Site and tokens do the work.
        WTF_CSRF_SSL_STRICT=False,
    )

    def refuse_other_sites() -> None:
        if request.method in SAFE_METHODS:
            return
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(403)
        if not all(request.form):  # a part without a name, over which the next check would fall
            abort(400)

    app.before_request(refuse_other_sites)
    protection = CSRFProtect(app)
    for view in AT_ONCE:
        protection.exempt(view)
