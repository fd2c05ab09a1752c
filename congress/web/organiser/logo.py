"""The logo of whoever hosts a congress: sent, looked at, saved or removed."""

import base64

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from congress import clock
from congress.domain import legal
from congress.domain.congresses import NamedOrganisation
from congress.domain.errors import Refused
from congress.domain.look import LogoEditedMeanwhile
from congress.domain.planning import portraits
from congress.domain.planning.portraits import LARGEST_PHOTO, LONGEST_WORDS, Photo
from congress.formats.logos import read_logo
from congress.queries import congresses
from congress.queries import legal as queries
from congress.services import branding
from congress.web import access, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, legal_texts
from congress.web.organiser.asking import Question, ask

FORBIDDEN, REFUSED, ANOTHER = 403, 422, 409
LONGEST_DIGEST = 64
PAGE = "/settings/logo"
WORDS = {
    portraits.PhotoTooLarge: lazy_gettext(
        "This file is larger than 8 MB. Please choose a smaller one."
    ),
    portraits.NotAPhoto: lazy_gettext(
        "This file is neither PNG nor JPEG nor WebP. Please save the picture as one of these; an "
        "SVG can be exported as PNG."
    ),
    portraits.TooManyPixels: lazy_gettext(
        "This picture has more pixels than can be read: 50 million as JPEG, 12 million as PNG or "
        "WebP. Please make it smaller, or save it as JPEG."
    ),
    portraits.PhotoBroken: lazy_gettext(
        "This picture cannot be read. Please save it again, or choose another."
    ),
}


def edit_logo() -> ResponseReturnValue:
    """Show the logo and the form for another one, show what was sent, save or remove it."""
    found = queries.find_host(access.workspace().id)
    host = _host()
    if found is None or host is None or not legal_texts.may_decide(found):
        page = legal_texts.read_only(found)
        return (page, FORBIDDEN) if request.method == "POST" else page
    entries = _entries()
    if request.method == "GET":
        alt = host.logo_alt or {}
        entries["alt_de"].value, entries["alt_en"].value = alt.get("de", ""), alt.get("en", "")
        return _show(host, entries, host.logo_digest or "")
    version = request.form.get("version", "")[:LONGEST_DIGEST]
    try:
        if "remove" in request.form:
            branding.remove_logo(
                access.workspace().id, version=version, actor=access.actor(), now=clock.now()
            )
            return frame.done(_("The logo is removed."), PAGE)
        return _take(host, entries, version)
    except LogoEditedMeanwhile as refusal:
        now = _host() or host
        mine = None if "remove" in request.form else _sent(entries["file"])
        return _show(now, entries, now.logo_digest or "", logo=mine, refusal=refusal), ANOTHER


def ask_removal() -> ResponseReturnValue:
    """Ask whether to remove the logo; the page of the logo does so."""
    found, host = queries.find_host(access.workspace().id), _host()
    if found is None or host is None or not legal_texts.may_decide(found):
        return legal_texts.read_only(found)
    if not host.logo_digest:
        return frame.go_to(PAGE)
    question = Question(
        _("Remove the logo of %(host)s?", host=host.name),
        _(
            "It disappears at once from every event that %(host)s hosts. To show it again, you "
            "have to send the file again.",
            host=host.name,
        ),
        _("Remove the logo"),
        {"remove": "y", "version": host.logo_digest},
    )
    return ask(question, PAGE, current="settings", back=PAGE, above=_("Logo"))


def _take(host: NamedOrganisation, entries: dict[str, Entry], version: str) -> ResponseReturnValue:
    missing = _("Please describe in a few words what the logo shows.")
    for name in ("alt_de", "alt_en"):
        read_line(entries[name], request.form.get(name, ""), most=LONGEST_WORDS, missing=missing)
    logo = _sent(entries["file"])
    if logo is None or any(entry.errors for entry in entries.values()):
        return _show(host, entries, version, logo=logo), REFUSED
    if "save" not in request.form:
        return _show(host, entries, version, logo=logo)
    alt = {language: entries[f"alt_{language}"].value for language in ("de", "en")}
    branding.show_logo(
        access.workspace().id,
        logo,
        {language: text for language, text in alt.items() if text},
        version=version,
        actor=access.actor(),
        now=clock.now(),
    )
    return frame.done(_("The logo is saved."), PAGE)


def _sent(entry: Entry) -> Photo | None:
    """Return the picture of the file, or the one that was looked at before."""
    file = request.files.get("file")
    content = b""
    if file is not None:
        file.stream.seek(0)  # it was read before where somebody else was faster
        content = file.stream.read(LARGEST_PHOTO + 1)
    if not content:
        try:
            content = base64.b64decode(request.form.get("picture", ""), validate=True)
        except ValueError:
            content = b""
    if not content:
        entry.errors.append(_("Please choose a file."))
        return None
    try:
        return read_logo(content)
    except Refused as refusal:
        entry.errors.append(str(WORDS[type(refusal)]))
        return None


def _host() -> NamedOrganisation | None:
    return legal.host_of(congresses.get_congress(access.workspace().id))


def _entries() -> dict[str, Entry]:
    return {
        "file": Entry("file", _("Logo"), required=True),
        "alt_de": Entry("alt_de", _("What the logo shows (German)"), required=True),
        "alt_en": Entry("alt_en", _("What the logo shows (English)")),
    }


def _show(
    host: NamedOrganisation,
    entries: dict[str, Entry],
    version: str,
    *,
    logo: Photo | None = None,
    refusal: Refused | None = None,
) -> str:
    errors = [error for entry in entries.values() for error in told(entry)]
    return frame.page(
        "logo.html",
        current="settings",
        host=host,
        form=entries,
        version=version,
        logo=logo,
        picture=base64.b64encode(logo.content).decode() if logo else "",
        **refusals.box(refusal or errors, access.workspace().zone),
    )
