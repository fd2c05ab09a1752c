"""Rows of projects of the network."""
# ruff: noqa: ANN401 - the columns of a row have many types

from typing import Any

from congress.domain.folding import fold_for_search
from congress.models import NetworkProject, Organisation, ProjectDocument, ProjectPart
from tests.builders import MADE, add


def a_project(title: str = "Engagement in Kreisen", **values: Any) -> NetworkProject:
    """Store a working group that runs and is public."""
    facts = {
        "code": fold_for_search(title).replace(" ", "-"),
        "kind": "working_group",
        "state": "running",
        "title": {"de": title},
        "summary": {},
        "results": {},
        "search": fold_for_search(title),
        "is_published": True,
        "created_at": MADE,
    }
    return add(NetworkProject(**(facts | values)))


def a_part(
    project: NetworkProject, organisation: Organisation, part: str = "participant", **values: Any
) -> ProjectPart:
    """Store that an organisation takes part in a project."""
    facts = {"project_id": project.id, "organisation_id": organisation.id, "part": part}
    return add(ProjectPart(**(facts | {"joined_at": MADE} | values)))


def a_project_document(project: NetworkProject, **values: Any) -> ProjectDocument:
    """Store a link of a project."""
    said = {"kind": "link", "title": {"de": "Protokoll"}, "url": "https://example.org/"}
    return add(ProjectDocument(project_id=project.id, **(said | {"added_at": MADE} | values)))
