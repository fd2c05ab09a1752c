"""Documents, photos and links of a project of the network: added, described, removed."""

import hashlib
from datetime import datetime

from congress.domain.access import Actor
from congress.domain.planning.materials import (
    Described,
    MaterialFile,
    MaterialGone,
    MaterialKind,
    require_room,
)
from congress.extensions import db
from congress.models import ProjectDocument
from congress.queries.network import projects
from congress.services.network.projecting import hold, record
from congress.transaction import transaction


def add(
    project_id: int,
    described: Described,
    file: MaterialFile | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep a file or, without one, a link; everybody sees it where the project is published.

    Raises TooManyMaterials. Pressed twice it is there once.
    """
    digest = hashlib.sha256(file.content).hexdigest() if file else ""
    title = dict(described.title)
    with transaction():
        project = hold(project_id)
        there = projects.documents(project.id)
        said = {(each.digest, each.described.url): each.described.title for each in there}
        if said.get((digest, described.url)) == title:
            return
        require_room(len(there))
        row = ProjectDocument(
            project_id=project.id,
            kind=file.kind if file else MaterialKind.LINK,
            title=title,
            credit=described.credit,
            url="" if file else described.url,
            digest=digest,
            added_at=now,
        )
        if file is not None:
            row.name, row.media_type, row.content = file.name, file.media_type, file.content
            row.size, row.width, row.height = len(file.content), file.width, file.height
            row.may_publish_at = now
        db.session.add(row)
        record("project_document_added", project, actor=actor, now=now)


def describe(
    project_id: int, document_id: int, described: Described, *, actor: Actor, now: datetime
) -> None:
    """Say otherwise what something is and whose. Raises MaterialGone."""
    with transaction():
        project = hold(project_id)
        row = _find(project.id, document_id)
        if row is None:
            raise MaterialGone
        said = (dict(described.title), described.credit, described.url)
        if said != (row.title, row.credit, row.url):
            row.title, row.credit, row.url = said
            record("project_document_changed", project, actor=actor, now=now)


def remove(project_id: int, document_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete something for good; again changes nothing."""
    with transaction():
        project = hold(project_id)
        row = _find(project.id, document_id)
        if row is not None:
            db.session.delete(row)
            record("project_document_removed", project, actor=actor, now=now)


def _find(project_id: int, document_id: int) -> ProjectDocument | None:
    row = db.session.get(ProjectDocument, document_id, populate_existing=True)
    return row if row is not None and row.project_id == project_id else None
