"""Projects of the network: lists to look through, one project, its documents and their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true

from congress.base import columns_of, table_of, values_of
from congress.domain.folding import fold_sought
from congress.domain.network.projects import (
    SHOWABLE,
    Part,
    PartFacts,
    ProjectFacts,
    ProjectKind,
    ProjectState,
)
from congress.domain.planning.materials import Described, Material, MaterialKind
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import NetworkProject, Organisation, ProjectDocument, ProjectPart

PROJECTS, PARTS = table_of(NetworkProject), table_of(ProjectPart)
DOCUMENTS, ORGANISATIONS = table_of(ProjectDocument), table_of(Organisation)
FACTS = "title summary results starts_on ends_on contact"
PUBLIC = and_(PROJECTS.c.is_published, PROJECTS.c.state.in_(SHOWABLE))


@dataclass(frozen=True)
class Wanted:
    """Which projects are looked for; nothing said is all of them."""

    words: str = ""
    kind: ProjectKind | None = None
    state: ProjectState | None = None
    year: int | None = None


@dataclass(frozen=True)
class Line:
    """A project in a list, and who leads it."""

    id: int
    code: str
    kind: ProjectKind
    state: ProjectState
    title: Texts
    starts_on: date | None
    ends_on: date | None
    is_published: bool
    lead: str | None
    parts: int  # how many organisations there are


@dataclass(frozen=True)
class Own:
    """A project as an organisation sees it that takes part."""

    id: int
    code: str
    kind: ProjectKind
    state: ProjectState
    title: Texts
    reason: str
    is_published: bool
    part: Part


@dataclass(frozen=True)
class InProject:
    """An organisation in a project."""

    id: int  # of the part
    organisation_id: int
    organisation: str
    facts: PartFacts


@dataclass(frozen=True)
class Project:
    """One project and who is in it: lead, partners, then whoever takes part, by name."""

    id: int
    code: str
    state: ProjectState
    facts: ProjectFacts
    is_published: bool
    reason: str
    proposed_by: int | None
    proposed_at: datetime | None
    parts: tuple[InProject, ...]

    def having(self, part: Part) -> list[InProject]:
        """Return the organisations that take part in one way."""
        return [each for each in self.parts if each.facts.part is part]

    @property
    def is_public(self) -> bool:
        return self.is_published and self.state in SHOWABLE


def listed(
    wanted: Wanted, *, limit: int, offset: int, is_public: bool = False
) -> tuple[list[Line], int]:
    """Return one page of the projects that are looked for, and how many these are."""
    conditions = [*_conditions(wanted), PUBLIC if is_public else true()]
    total = db.session.scalars(select(func.count()).select_from(PROJECTS).where(*conditions)).one()
    lead = (
        select(ORGANISATIONS.c.name)
        .join(PARTS, PARTS.c.organisation_id == ORGANISATIONS.c.id)
        .where(PARTS.c.project_id == PROJECTS.c.id, PARTS.c.part == Part.LEAD)
        .order_by(PARTS.c.id)
        .limit(1)
        .scalar_subquery()
    )
    parts = (
        select(func.count())
        .select_from(PARTS)
        .where(PARTS.c.project_id == PROJECTS.c.id)
        .scalar_subquery()
    )
    plain = "id code title starts_on ends_on is_published"
    statement = (
        select(
            *columns_of(PROJECTS, f"{plain} kind state"), lead.label("lead"), parts.label("parts")
        )
        .where(*conditions)
        .order_by(PROJECTS.c.search, PROJECTS.c.id)
        .limit(limit)
        .offset(offset)
    )
    lines = [
        Line(
            **values_of(row, f"{plain} lead parts"),
            kind=ProjectKind(row.kind),
            state=ProjectState(row.state),
        )
        for row in db.session.execute(statement)
    ]
    return lines, total


def of_organisation(organisation_id: int) -> list[Own]:
    """Return the projects of an organisation and in which way it takes part, by title."""
    plain = "id code title reason is_published"
    statement = (
        select(*columns_of(PROJECTS, f"{plain} kind state"), PARTS.c.part)
        .join(PARTS, PARTS.c.project_id == PROJECTS.c.id)
        .where(PARTS.c.organisation_id == organisation_id)
        .order_by(PROJECTS.c.search, PROJECTS.c.id)
    )
    return [
        Own(
            **values_of(row, plain),
            kind=ProjectKind(row.kind),
            state=ProjectState(row.state),
            part=Part(row.part),
        )
        for row in db.session.execute(statement)
    ]


def years() -> list[int]:
    """Return the years of the projects there are, the last one first."""
    ends = db.session.execute(
        select(
            func.min(PROJECTS.c.starts_on),
            func.max(func.coalesce(PROJECTS.c.ends_on, PROJECTS.c.starts_on)),
        )
    ).one()
    if ends[0] is None or ends[1] is None:
        return []
    return list(range(ends[1].year, ends[0].year - 1, -1))


def find(project_id: int) -> Project | None:
    """Return one project, shown to the public or not."""
    return _one(PROJECTS.c.id == project_id)


def find_public(code: str) -> Project | None:
    """Return one project that everybody may see."""
    return _one(PROJECTS.c.code == code, PUBLIC)


def codes() -> list[str]:
    """Return the names of all projects in their addresses."""
    return list(db.session.scalars(select(PROJECTS.c.code)))


def facts_of(row: Any) -> ProjectFacts:  # noqa: ANN401 - a row of the table, or of the class
    """Return what a row says of a project."""
    return ProjectFacts(kind=ProjectKind(row.kind), **values_of(row, FACTS))


def documents(project_id: int) -> list[Material]:
    """Return documents, photos and links of a project, in the order they came."""
    return _documents(DOCUMENTS.c.project_id == project_id)


def find_document(project_id: int, document_id: int) -> Material | None:
    """Return one document of a project."""
    found = _documents(DOCUMENTS.c.project_id == project_id, DOCUMENTS.c.id == document_id)
    return found[0] if found else None


def file(project_id: int, document_id: int) -> tuple[bytes, str, str] | None:
    """Return bytes, media type and name of a file of a project, shown or not."""
    return _file(DOCUMENTS.c.project_id == project_id, DOCUMENTS.c.id == document_id)


def public_file(digest: str) -> tuple[bytes, str, str] | None:
    """Return bytes, media type and name of a file that everybody may have."""
    shown = select(PROJECTS.c.id).where(PUBLIC)
    return _file(DOCUMENTS.c.digest == digest, DOCUMENTS.c.project_id.in_(shown))


def _file(*which: ColumnElement[bool]) -> tuple[bytes, str, str] | None:
    statement = select(*columns_of(DOCUMENTS, "content media_type name")).where(
        DOCUMENTS.c.content.is_not(None), *which
    )
    row = db.session.execute(statement.order_by(DOCUMENTS.c.id).limit(1)).one_or_none()
    return (row.content, row.media_type, row.name) if row else None


def _one(*which: ColumnElement[bool]) -> Project | None:
    plain = "id code is_published reason proposed_by proposed_at"
    row = db.session.execute(
        select(*columns_of(PROJECTS, f"{plain} kind state {FACTS}")).where(*which)
    ).one_or_none()
    if row is None:
        return None
    return Project(
        **values_of(row, plain),
        state=ProjectState(row.state),
        facts=facts_of(row),
        parts=tuple(_parts(row.id)),
    )


def _parts(project_id: int) -> list[InProject]:
    statement = (
        select(
            *columns_of(PARTS, "id organisation_id part person email"),
            ORGANISATIONS.c.name.label("organisation"),
        )
        .join(ORGANISATIONS, ORGANISATIONS.c.id == PARTS.c.organisation_id)
        .where(PARTS.c.project_id == project_id)
        .order_by(ORGANISATIONS.c.search, ORGANISATIONS.c.id)
    )
    found = [
        InProject(
            **values_of(row, "id organisation_id organisation"),
            facts=PartFacts(Part(row.part), row.person, row.email),
        )
        for row in db.session.execute(statement)
    ]
    order = list(Part)
    return sorted(found, key=lambda each: order.index(each.facts.part))


def _documents(*which: ColumnElement[bool]) -> list[Material]:
    plain = "id name size width height digest added_at"
    statement = (
        select(*columns_of(DOCUMENTS, f"{plain} kind title credit url"))
        .where(*which)
        .order_by(DOCUMENTS.c.id)
    )
    rows: Sequence[Row[Any]] = db.session.execute(statement).all()
    return [
        Material(
            **values_of(row, plain),
            item_id=None,
            is_sent=False,
            is_published=True,
            kind=MaterialKind(row.kind),
            described=Described(row.title, row.credit, row.url),
        )
        for row in rows
    ]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = PROJECTS.c
    conditions: list[ColumnElement[bool]] = [
        found.search.contains(each, autoescape=True) for each in fold_sought(wanted.words).split()
    ]
    if wanted.kind:
        conditions.append(found.kind == wanted.kind)
    if wanted.state:
        conditions.append(found.state == wanted.state)
    if wanted.year:
        last = date(wanted.year, 12, 31)
        conditions.append(or_(found.starts_on.is_(None), found.starts_on <= last))
        conditions.append(
            or_(
                found.ends_on >= date(wanted.year, 1, 1),
                and_(found.ends_on.is_(None), found.starts_on.is_not(None)),
            )
        )
    return conditions
