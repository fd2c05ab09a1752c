"""Info mails of the network for tests."""

from typing import Any

from congress.domain.folding import fold_for_search
from congress.models import ArchivedMail, Mailing
from tests.builders import OPEN, add


def a_network_mail(**values: Any) -> Mailing:  # noqa: ANN401 - columns
    """An info mail to contact persons that nobody has got yet."""
    said = {"subject": {"de": "Treffen"}, "text": {"de": "Bis bald!"}}
    made = {"created_at": OPEN, "changed_at": OPEN, "audience": {"to": "contacts"}}
    return add(Mailing(congress_id=None, **said | made | values))


def an_archived_mail(
    mailing: Mailing | None = None,
    readers: str = "public",
    code: str = "treffen",
) -> ArchivedMail:
    """An info mail that was sent and stands in the archive."""
    sent = {"state": "sent", "started_at": OPEN, "finished_at": OPEN, "total": 1, "done": 1}
    mailing = mailing or a_network_mail(**sent)
    search = fold_for_search(mailing.subject["de"], mailing.text["de"])
    kept = {"readers": readers, "code": code, "search": search, "archived_at": OPEN}
    return add(ArchivedMail(mailing_id=mailing.id, **kept))
