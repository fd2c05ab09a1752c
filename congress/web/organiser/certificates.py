"""Certificates of attendance: issued to all who were there or to one, as PDF, and who signs."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.certificates import LONGEST_SIGNER, SignatureEditedMeanwhile
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.mails.mailings import Audience
from congress.domain.planning.portraits import LARGEST_PHOTO
from congress.formats import certificate_mail
from congress.formats.logos import read_logo
from congress.queries import certificates as queries
from congress.queries import congresses, door
from congress.queries.certificates import Signature
from congress.services import certifying, printing_certificates
from congress.services.mails import mailings
from congress.services.mails.mailings import Content
from congress.services.printing_certificates import MOST_IN_A_FILE
from congress.web import access, handed_out, languages, refusals
from congress.web.entries import TICKED, Entry, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame
from congress.web.organiser.logo import WORDS

PAGE = "/print/certificates"
REFUSED, ANOTHER = 422, 409
LONGEST_VERSION = 64
MOST_PARTS = 1_000


def certificates() -> ResponseReturnValue:
    """Show how many there are and who is without one, or issue those that are missing."""
    if request.method == "GET":
        return _show()
    workspace = access.workspace()
    try:
        count = certifying.issue(workspace.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(refusals.text(refusal, workspace.zone)), ANOTHER
    said = ngettext("%(num)d certificate is issued.", "%(num)d certificates are issued.", count)
    return frame.done(said, PAGE)


def certificates_file() -> ResponseReturnValue:
    """Hand out all that were issued and hold now (SEC-03)."""
    part = read_number(request.args.get("part", "1"), most=MOST_PARTS)
    return _file(part=part or 1) or frame.go_to(PAGE)


def tell_of_certificates() -> ResponseReturnValue:
    """Write a draft to who was there, which leads each to the page of their own."""
    here = access.workspace()
    content = Content(
        certificate_mail.subjects(here.title),
        certificate_mail.texts(here.title),
        Audience(has_come=True),
    )
    number = mailings.save(
        here.id, content, mailing_id=None, version=0, actor=access.actor(), now=clock.now()
    )
    done = _("This is a draft: please look at it, and send it when it is right.")
    return frame.done(done, f"/mailings/{number}")


def issue_certificate(registration_id: int) -> ResponseReturnValue:
    """Issue one to somebody who was there, and go on to the file."""
    workspace, page = access.workspace(), f"/attendees/{registration_id}"
    if door.find_name(workspace.id, registration_id) is None:
        abort(404)
    try:
        certifying.issue(workspace.id, registration_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return frame.done(refusals.text(refusal, workspace.zone), page)
    return frame.go_to(f"{page}/certificate.pdf")


def attendee_certificate(registration_id: int) -> ResponseReturnValue:
    """Hand out the certificate of one person; without one, their page says how they stand."""
    if door.find_name(access.workspace().id, registration_id) is None:
        abort(404)
    return _file(registration_id) or frame.go_to(f"/attendees/{registration_id}")


def edit_signature() -> ResponseReturnValue:
    """Show who signs, or save it."""
    stored = queries.signature(access.workspace().id)
    version = certifying.version_of(stored)
    if request.method == "GET":
        return _sign(_entries(stored), stored, version)
    entries, version = _entries(stored), request.form.get("version", "")[:LONGEST_VERSION]
    for name in ("signer", "role"):
        read_line(entries[name], request.form.get(name, ""), most=LONGEST_SIGNER)
    picture = _sent(entries["file"])
    if any(entry.errors for entry in entries.values()):
        return _sign(entries, stored, version), REFUSED
    try:
        certifying.sign(
            access.workspace().id,
            entries["signer"].value,
            entries["role"].value,
            picture,
            keeps_picture=request.form.get("without") != TICKED,
            version=version,
            actor=access.actor(),
            now=clock.now(),
        )
    except SignatureEditedMeanwhile as refusal:
        now = queries.signature(access.workspace().id)
        return _sign(entries, now, certifying.version_of(now), refusal), ANOTHER
    return frame.done(_("Saved for the next certificates."), PAGE)


def _file(registration_id: int | None = None, *, part: int = 1) -> ResponseReturnValue | None:
    made = printing_certificates.make_file(
        access.workspace().id,
        registration_id,
        part=part,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(made) if made else None


def _files(papers: int) -> list[tuple[int, str]]:
    """Return the files that hold so many certificates: the part, and what leads to it."""
    if papers <= MOST_IN_A_FILE:
        return [(1, _("All certificates (PDF)"))] if papers else []
    firsts = range(1, papers + 1, MOST_IN_A_FILE)
    return [
        (
            part,
            _(
                "Certificates %(first)d to %(last)d (PDF)",
                first=first,
                last=min(first + MOST_IN_A_FILE - 1, papers),
            ),
        )
        for part, first in enumerate(firsts, start=1)
    ]


def _sent(entry: Entry) -> bytes | None:
    """Return the picture as it is kept: its pixels written anew, and nothing else of the file."""
    file = request.files.get("file")
    content = file.stream.read(LARGEST_PHOTO + 1) if file is not None else b""
    if not content:
        return None
    try:
        return read_logo(content).content
    except Refused as refusal:
        entry.errors.append(str(WORDS[type(refusal)]))
        return None


def _least(congress: Congress) -> str:
    """Return the share of the modules from which there is a certificate, where one is asked for."""
    least = congress.rules.certificate_from
    return languages.percent(least) if least else ""


def _entries(stored: Signature) -> dict[str, Entry]:
    return {
        "signer": Entry("signer", _("Who signs"), stored.name),
        "role": Entry("role", _("In which function"), stored.role),
        "file": Entry("file", _("Picture of the signature")),
    }


def _show(error: str = "") -> str:
    congress = congresses.with_content(access.workspace())
    holders = certifying.holders(congress)
    having, without = len(holders.having), len(holders.without)
    return frame.page(
        "certificates.html",
        current="print",
        having=having,
        without=without,
        came=having + without,
        files=_files(having),
        has_begun=clock.now() >= congress.days[-1].starts_at,
        is_over=congress.is_over(clock.now()),
        least=_least(congress),
        signature=queries.signature(congress.id),
        error=error,
    )


def _sign(
    entries: dict[str, Entry], stored: Signature, version: str, refusal: Refused | None = None
) -> str:
    errors = [error for entry in entries.values() for error in told(entry)]
    return frame.page(
        "signature.html",
        current="print",
        form=entries,
        stored=stored,
        version=version,
        is_file_lost=any(each.filename for each in request.files.values()),
        **refusals.box(refusal or errors, access.workspace().zone),
    )
