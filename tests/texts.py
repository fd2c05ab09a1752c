"""Rows of texts of the network."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import date
from typing import Any

from congress.domain.folding import fold_for_search
from congress.models import (
    NetworkText,
    NetworkTextComment,
    NetworkTextVersion,
    Organisation,
)
from tests.builders import MADE, add

TOLD = {  # of a letter about a text
    "given_name": "Erika",
    "family_name": "Muster",
    "organisation": "Stadt Rheine",
    "contact_person": 1,
    "title": "Qualitätskriterien",
    "number": 2,
    "comments_until": "2015-11-30",
    "adopted_on": "2015-10-21",
    "adopted_by": "Netzwerktreffen",
}


def a_text(title: str = "Qualitätskriterien", **values: Any) -> NetworkText:
    """Store a text without a version."""
    code = fold_for_search(title).replace(" ", "-")
    facts = {"code": code, "kind": "quality_criteria", "title": {"de": title}, "created_at": MADE}
    return add(NetworkText(**(facts | values)))


def a_version(
    text: NetworkText, number: int = 1, state: str = "adopted", **values: Any
) -> NetworkTextVersion:
    """Store a version of a text; one that is in force was adopted on a day."""
    facts: dict[str, Any] = {"body": {"de": "# Ziele\n\nWir fördern Ehrenamt."}, "changes": {}}
    if state == "adopted":
        facts |= {"adopted_on": date(2015, 10, 21), "adopted_by": "Netzwerktreffen"}
    if state == "in_comment":
        facts |= {"comments_from": date(2015, 1, 1), "comments_until": date(2015, 10, 30)}
    facts |= {"text_id": text.id, "number": number, "state": state, "created_at": MADE}
    return add(NetworkTextVersion(**(facts | values)))


def a_comment(
    version: NetworkTextVersion, organisation: Organisation, **values: Any
) -> NetworkTextComment:
    """Store what an organisation says about a version as a whole."""
    facts = {"version_id": version.id, "organisation_id": organisation.id, "body": "Mehr Mut."}
    return add(NetworkTextComment(**(facts | {"written_at": MADE} | values)))
