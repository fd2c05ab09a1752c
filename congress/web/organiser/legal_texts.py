"""The legal texts of whoever hosts a congress: on one page, for everything this host hosts.

So only those may change them who may grant rights in all of it.
"""

from collections.abc import Iterable, Mapping

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain import editing
from congress.domain.access import Right
from congress.domain.errors import Refused
from congress.domain.legal import LegalTexts, LegalTextsEditedMeanwhile, proposed
from congress.queries import congresses
from congress.queries import legal as queries
from congress.queries.legal import Host
from congress.services import declaring
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.legal_words import label
from congress.web.organiser import frame, legal_form, meanwhile
from congress.web.organiser.change_words import Line
from congress.web.organiser.legal_form import LegalForm
from congress.web.organiser.meanwhile import Meanwhile

FORBIDDEN, REFUSED, ANOTHER = 403, 422, 409


def edit_legal_texts() -> ResponseReturnValue:
    """Show the form with what is written or proposed, or save it."""
    host = queries.find_host(access.workspace().id)
    if host is None or not may_decide(host):
        page = read_only(host)
        return (page, FORBIDDEN) if request.method == "POST" else page
    if request.method == "GET":
        return _show(host, legal_form.filled(_first(host), _version(host)))
    form, texts = legal_form.typed(request.form)
    if texts is None:
        return _show(host, form), REFUSED
    try:
        names = declaring.declare(
            access.workspace().id,
            texts,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except LegalTextsEditedMeanwhile as refusal:
        return _after_another(form, texts, refusal)
    done = _("The legal texts are saved and public.") if names else _("Nothing was changed.")
    return frame.done(done, "/settings/legal")


def _after_another(
    form: LegalForm, texts: LegalTexts, refusal: LegalTextsEditedMeanwhile
) -> ResponseReturnValue:
    """Show what was typed over what was saved meanwhile, and where the two differ."""
    host = queries.find_host(access.workspace().id)
    if host is None or not may_decide(host):
        return read_only(host), FORBIDDEN
    stored, mine = host.texts.values, texts.values
    if stored == mine:  # pressed twice
        return frame.done(_("The legal texts are saved and public."), "/settings/legal")
    again, others_saved = meanwhile.merged(mine, stored, form.version, _lines)
    filled = legal_form.filled(again, _version(host))
    return _show(host, filled, refusal=refusal, others_saved=others_saved), ANOTHER


def _first(host: Host) -> dict[str, str]:
    """Return what the form says at first: what is written, or else what is probably right."""
    if host.texts.written:
        return host.texts.values
    contact = congresses.get_congress(access.workspace().id).contact_email
    email = contact or extensions.settings().mail_reply_to or ""
    return proposed(host.name, host.ags, email).values


def may_decide(host: Host) -> bool:
    """Return whether this account speaks for a host: anybody may name one as host of a draft.

    Whoever has all rights in its oldest public congress does; where nothing is public yet,
    whoever has them in every draft.
    """
    counted = [number for number, _title in host.congresses[:1]] or host.drafts
    return all(access.account().may(Right.GRANT_RIGHTS, number) for number in counted)


def others(host: Host) -> list[str]:
    """Return the titles of what the host hosts where this account may not decide."""
    account = access.account()
    return [
        languages.text(title)
        for number, title in host.congresses
        if not account.may(Right.GRANT_RIGHTS, number)
    ]


def _version(host: Host) -> str:
    return editing.version_of(host.texts.values)


def _lines(names: Iterable[str], was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    none = _("none")
    return [Line(label(name), now[name] or none, was[name] or none) for name in names]


def read_only(host: Host | None) -> str:
    """Say why nothing can be changed here, and what is written."""
    written = host.texts.written if host else {}
    return frame.page(
        "legal_texts_read.html",
        current="settings",
        host=host,
        others=others(host) if host else [],
        texts=[(label(name), text) for name, text in written.items()],
    )


def _show(
    host: Host,
    form: LegalForm,
    *,
    refusal: Refused | None = None,
    others_saved: Meanwhile | None = None,
) -> str:
    workspace = access.workspace()
    return frame.page(
        "legal_texts.html",
        current="settings",
        host=host,
        form=form,
        **refusals.box(refusal or form.errors, workspace.zone),
        meanwhile=others_saved,
        is_proposed=not host.texts.written,
        missing=[label(name) for name in host.texts.missing],
        others=[
            languages.text(title) for number, title in host.congresses if number != workspace.id
        ],
    )
