"""Texts of the network: the list, the versions of one, and what was said about a version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, true

from congress.base import columns_of, table_of, values_of
from congress.domain.folding import fold_for_order
from congress.domain.network.network_texts import (
    OPEN,
    PUBLIC,
    Adoption,
    Answer,
    TextKind,
    VersionFacts,
    VersionState,
    is_waiting,
    mark_of,
    takes_comments,
)
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import (
    ContactPerson,
    NetworkText,
    NetworkTextComment,
    NetworkTextVersion,
    Organisation,
)

TEXTS, VERSIONS = table_of(NetworkText), table_of(NetworkTextVersion)
COMMENTS, ORGANISATIONS = table_of(NetworkTextComment), table_of(Organisation)
PEOPLE = table_of(ContactPerson)
OF_VERSION = "id number changes comments_from comments_until told_of_comments_at"


@dataclass(frozen=True)
class Version:
    """A version of a text without what it says."""

    id: int
    number: int
    state: VersionState
    changes: Texts
    comments_from: date | None
    comments_until: date | None
    adoption: Adoption | None
    told_of_comments_at: datetime | None
    told_of_adoption_at: datetime | None

    def takes_comments(self, today: date) -> bool:
        """Whether comments can be made today."""
        return takes_comments(self.state, self.comments_from, self.comments_until, today)

    def is_waiting(self, today: date) -> bool:
        """Whether the last day for comments is not over."""
        return is_waiting(self.state, self.comments_until, today)

    @property
    def shows_answers(self) -> bool:
        """Whether everybody sees comments and answers: with the version adopted after them."""
        return self.state not in OPEN


@dataclass(frozen=True)
class Text:
    """A text and its versions, the latest first."""

    id: int
    code: str
    kind: TextKind
    title: Texts
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version | None:
        """The version that is in force."""
        return self._first(VersionState.ADOPTED)

    @property
    def draft(self) -> Version | None:
        return self._first(VersionState.DRAFT)

    @property
    def commented(self) -> Version | None:
        """The version that was put up for comments and is not followed by an adopted one yet."""
        return self._first(VersionState.IN_COMMENT)

    def _first(self, state: VersionState) -> Version | None:
        return next((each for each in self.versions if each.state is state), None)

    def having(self, number: int) -> Version | None:
        """Return the version with a number."""
        return next((each for each in self.versions if each.number == number), None)


@dataclass(frozen=True)
class Comment:
    """What an organisation says about a version, and what was answered."""

    id: int
    version_id: int
    organisation_id: int
    organisation: str
    person: str  # who wrote it, as long as that is known
    section: str  # empty: the whole text
    body: str
    written_at: datetime
    answer: Answer | None
    answer_words: str

    @property
    def version(self) -> str:
        """What tells it from what it was: nobody answers or corrects what they have not seen."""
        return mark_of(self.section, self.body, self.answer, self.answer_words)


def listed(*, is_public: bool = False) -> list[Text]:
    """Return all texts by kind and title; for everybody those that have something to read."""
    found = _texts(true(), is_public=is_public)
    kinds = list(TextKind)
    return sorted(
        (each for each in found if each.versions or not is_public),
        key=lambda each: (kinds.index(each.kind), fold_for_order(each.title.get("de", ""))),
    )


def find(text_id: int) -> Text | None:
    """Return one text with all its versions."""
    return next(iter(_texts(TEXTS.c.id == text_id)), None)


def find_public(code: str) -> Text | None:
    """Return one text with the versions that everybody may read, if there is any."""
    found = next(iter(_texts(TEXTS.c.code == code, is_public=True)), None)
    return found if found and found.versions else None


def of_version(version_id: int) -> tuple[Text, Version] | None:
    """Return a version by its own number, and its text."""
    which = select(VERSIONS.c.text_id).where(VERSIONS.c.id == version_id).scalar_subquery()
    found = next(iter(_texts(TEXTS.c.id == which)), None)
    if found is None:
        return None
    return found, next(each for each in found.versions if each.id == version_id)


def body_of(version_id: int) -> Texts:
    """Return what a version says."""
    statement = select(VERSIONS.c.body).where(VERSIONS.c.id == version_id)
    body: Texts = db.session.scalars(statement).one()
    return body


def facts_of(row: Any) -> VersionFacts:  # noqa: ANN401 - a row of the table, or of the class
    """Return what a row says."""
    return VersionFacts(row.body, row.changes)


def codes() -> list[str]:
    """Return the names of all texts in their addresses."""
    return list(db.session.scalars(select(TEXTS.c.code)))


def declaration() -> Text | None:
    """Return the joint declaration that is in force, which members sign."""
    found = _texts(TEXTS.c.kind == TextKind.JOINT_DECLARATION, is_public=True)
    return next((each for each in found if each.current), None)


def comments(version_id: int, organisation_id: int | None = None) -> list[Comment]:
    """Return what was said about a version, by everybody or by one organisation, as it came."""
    which = [COMMENTS.c.version_id == version_id]
    if organisation_id is not None:
        which.append(COMMENTS.c.organisation_id == organisation_id)
    return [_comment(row) for row in db.session.execute(_comments(*which))]


def find_comment(comment_id: int) -> Comment | None:
    """Return one comment."""
    row = db.session.execute(_comments(COMMENTS.c.id == comment_id)).one_or_none()
    return _comment(row) if row else None


def counts(text_id: int) -> dict[int, tuple[int, int]]:
    """Return by version how many comments there are, and how many of them wait for an answer."""
    waiting = func.count().filter(COMMENTS.c.answer.is_(None))
    statement = (
        select(COMMENTS.c.version_id, func.count().label("many"), waiting.label("waiting"))
        .join(VERSIONS, VERSIONS.c.id == COMMENTS.c.version_id)
        .where(VERSIONS.c.text_id == text_id)
        .group_by(COMMENTS.c.version_id)
    )
    return {row.version_id: (row.many, row.waiting) for row in db.session.execute(statement)}


def _texts(which: ColumnElement[bool], *, is_public: bool = False) -> list[Text]:
    rows = db.session.execute(
        select(*columns_of(TEXTS, "id code kind title")).where(which).order_by(TEXTS.c.id)
    ).all()
    shown = VERSIONS.c.state.in_(sorted(PUBLIC)) if is_public else true()
    statement = (
        select(
            *columns_of(
                VERSIONS, f"{OF_VERSION} text_id state adopted_on adopted_by told_of_adoption_at"
            )
        )
        .join(TEXTS, TEXTS.c.id == VERSIONS.c.text_id)
        .where(which, shown)
        .order_by(VERSIONS.c.number.desc())
    )
    by_text: dict[int, list[Version]] = {row.id: [] for row in rows}
    for row in db.session.execute(statement):
        by_text[row.text_id].append(_version(row))
    return [
        Text(row.id, row.code, TextKind(row.kind), row.title, tuple(by_text[row.id]))
        for row in rows
    ]


def _version(row: Row[Any]) -> Version:
    return Version(
        **values_of(row, f"{OF_VERSION} told_of_adoption_at"),
        state=VersionState(row.state),
        adoption=Adoption(row.adopted_on, row.adopted_by) if row.adopted_on else None,
    )


def _comments(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    plain = "id version_id organisation_id section body written_at answer answer_words"
    return (
        select(
            *columns_of(COMMENTS, plain),
            ORGANISATIONS.c.name.label("organisation"),
            *columns_of(PEOPLE, "given_name family_name"),
        )
        .join(ORGANISATIONS, ORGANISATIONS.c.id == COMMENTS.c.organisation_id)
        .outerjoin(PEOPLE, PEOPLE.c.id == COMMENTS.c.contact_id)
        .where(*which)
        .order_by(COMMENTS.c.id)
    )


def _comment(row: Row[Any]) -> Comment:
    plain = "id version_id organisation_id organisation section body written_at answer_words"
    return Comment(
        **values_of(row, plain),
        person=" ".join(filter(None, (row.given_name, row.family_name))),
        answer=Answer(row.answer) if row.answer else None,
    )
