"""Documents of a project: kept once, described, deleted."""

from datetime import UTC, datetime
from typing import Any

import pytest

from congress.domain.access import COMMAND
from congress.domain.planning.materials import Described, MaterialGone
from congress.formats.materials import read_material
from congress.queries.network import projects
from congress.services.network import project_documents
from tests.materials import PAPER
from tests.projects import a_project

BY: Any = {"actor": COMMAND, "now": datetime(2016, 3, 1, 12, tzinfo=UTC)}
SAID = Described({"de": "Handreichung"}, "Stadt Rheine")


def test_a_file_pressed_twice_is_kept_once_and_open_to_all_while_published(session):
    project = a_project()
    for _twice in (1, 2):
        project_documents.add(project.id, SAID, read_material("a.pdf", PAPER), **BY)
    [kept] = projects.documents(project.id)
    assert (kept.described.credit, kept.size, kept.name) == ("Stadt Rheine", len(PAPER), "a.pdf")
    assert projects.public_file(kept.digest) == (PAPER, "application/pdf", "a.pdf")
    project.is_published = False
    session.commit()
    assert projects.public_file(kept.digest) is None
    assert projects.file(project.id, kept.id) == (PAPER, "application/pdf", "a.pdf")


def test_a_document_is_described_otherwise_and_deleted(session):
    project, other = a_project(), a_project("Anderes")
    project_documents.add(project.id, Described({"de": "Seite"}, "", "https://a.test/"), None, **BY)
    [kept] = projects.documents(project.id)
    with pytest.raises(MaterialGone):
        project_documents.describe(other.id, kept.id, SAID, **BY)
    project_documents.describe(project.id, kept.id, SAID, **BY)
    assert projects.find_document(project.id, kept.id).described == SAID
    project_documents.remove(other.id, kept.id, **BY)
    assert projects.documents(project.id)
    for _again in (1, 2):
        project_documents.remove(project.id, kept.id, **BY)
    assert projects.documents(project.id) == []
