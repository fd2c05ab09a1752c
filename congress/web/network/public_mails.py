"""The archive of info mails of the network, for everybody and in the own view of members."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, render_template, request

from congress.domain.network.mails import ArchiveReaders
from congress.formats import own_words
from congress.queries.network import mails as queries
from congress.queries.network import members
from congress.web.languages import gettext as _
from congress.web.network.frame import dates, today
from congress.web.network.municipality import logged_in, page

PAGE = 20
LONGEST_SEARCH = 100
PUBLIC = frozenset({ArchiveReaders.PUBLIC})
EVERYTHING = frozenset(ArchiveReaders)


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    words: str
    number: int

    @property
    def query(self) -> str:
        return f"?{urlencode({'q': self.words})}" if self.words else ""


def public_mails() -> str:
    """Show one page of the public archive."""
    return render_template("network/public_mails.html", **_found(PUBLIC))


def public_mail(code: str) -> str:
    """Show one info mail of the public archive."""
    found = queries.find_archived(code, PUBLIC) or abort(404)
    return render_template(
        "network/public_mail.html", found=found, html_of=_html_of, day=dates().date
    )


def own_mails(token: str) -> str:
    """Show a contact person what the network has sent: of a member all that is archived."""
    contact = logged_in(token)
    return page("own_mails.html", contact, token, **_found(_readable(contact.organisation_id)))


def own_mail(token: str, code: str) -> str:
    """Show a contact person one info mail."""
    contact = logged_in(token)
    found = queries.find_archived(code, _readable(contact.organisation_id)) or abort(404)
    return page("own_mail.html", contact, token, found=found, html_of=_html_of)


def _readable(organisation_id: int) -> Collection[ArchiveReaders]:
    """Return what an organisation reads: what is for members if it is one today."""
    belongs = {each.id for each in members.members_on(today())}
    return EVERYTHING if organisation_id in belongs else PUBLIC


def _found(readers: Collection[ArchiveReaders]) -> dict[str, object]:
    asked = _asked()
    lines, total = queries.archive(
        readers, asked.words, limit=PAGE, offset=(asked.number - 1) * PAGE
    )
    return {
        "asked": asked,
        "lines": lines,
        "total": total,
        "last_page": max(1, -(-total // PAGE)),
        "day": dates().date,
        "nothing": _("Nothing fits. Fewer or shorter words find more.")
        if asked.words
        else _("No info mail is in the archive yet."),
    }


def _asked() -> Asked:
    words = request.args.get("q", "").replace("\0", "")[:LONGEST_SEARCH]
    return Asked(" ".join(words.split()), max(1, request.args.get("page", 1, type=int)))


def _html_of(text: str) -> str:
    return own_words.in_html(text, {})
