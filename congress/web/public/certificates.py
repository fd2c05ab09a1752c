"""Checking a certificate by the code on its paper; the name is asked for and shown by no page."""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.certificates import read_code
from congress.domain.tokens import digest
from congress.formats.certificates import length
from congress.formats.meal_words import by_day
from congress.queries import certificates as queries
from congress.queries import congresses
from congress.services import certifying
from congress.services.logins import attempting
from congress.web import languages
from congress.web.account.login import require_attempts_left
from congress.web.entries import Entry, read_line
from congress.web.languages import gettext as _
from congress.web.registration.occasion import occasion

LONGEST_CODE, LONGEST_NAME = 40, 250
UNKNOWN, REFUSED = 404, 422


def certificate(slug: str, code: str) -> ResponseReturnValue:
    """Show what a certificate says, and answer whether it stands and names somebody.

    Asked again and again from one address, it answers later (SEC-30): nobody finds names so.
    """
    congress = congresses.with_content(congresses.find_public(slug) or abort(404))
    read = read_code(code[:LONGEST_CODE])
    found = queries.find(congress.id, digest(read)) if read else None
    name = Entry("name", _("Name as printed"), required=True)
    answer = None
    if request.method == "POST" and read:
        now, from_here = clock.now(), attempting.key("certificate-from", request.remote_addr or "")
        require_attempts_left(from_here, now=now)
        typed = request.form.get("name", "")
        missing = _("Please enter the name as it stands on the certificate.")
        if read_line(name, typed, most=LONGEST_NAME, missing=missing):
            answer = certifying.checked(congress, read, name.value)
            if not answer:
                attempting.note(from_here, now=now)
    page = render_template(
        "public/certificate.html",
        congress=congress,
        occasion=occasion(congress),
        code=code[:LONGEST_CODE],
        found=found,
        took=length(found.said.length, languages.current()) if found else "",
        meals=by_day(found.said.meals, languages.dates(congress.zone)) if found else [],
        name=name,
        answer=answer,
        address=f"/{slug}/certificates/{read}",
    )
    status = UNKNOWN if found is None else REFUSED if name.errors else 200
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
