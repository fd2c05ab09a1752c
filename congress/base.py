"""The declarative base of all tables: names of constraints, and moments kept in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Dialect,
    FromClause,
    Index,
    Integer,
    MetaData,
    ScalarSelect,
    Table,
    TextClause,
    bindparam,
    select,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import JSON, DateTime, String, TypeDecorator

# Unnamed constraints cannot be dropped on SQLite, so every constraint gets a name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# Statements that leave what is there already, whoever wrote it, by the name of the dialect.
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

# Put in order character by character, as SQLite does; else PostgreSQL goes by its locale.
FOLDED = String().with_variant(String(collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware when it goes in and when it comes out, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(
        self,
        dialect: Dialect,
        coltype: object,  # noqa: ARG002 - SQLAlchemy names it
    ) -> Callable[[Any], datetime | None]:
        """Make a moment of a value in one go: a list has thousands of them."""
        return _of_text if dialect.name == "sqlite" else _in_utc


def _of_text(text: str | None) -> datetime | None:
    """Read what stands in SQLite; some versions of ours wrote the offset of UTC behind it."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def _in_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table inherits: its number stands first."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime(),
        dict[str, str]: JSON(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[Any]: JSON(),
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements about columns and not about objects.

    A statement on the table that is made once costs a third of one on the class.
    """
    return cast("Table", model.__table__)


def columns_of(source: type[Base] | FromClause, names: str) -> tuple[ColumnElement[Any], ...]:
    """Return columns of a table by their names, which are parted by spaces."""
    table = source if isinstance(source, FromClause) else table_of(source)
    return tuple(table.c[name] for name in names.split())


def values_of(row: object, names: str) -> dict[str, Any]:
    """Return what a row says under these names, for a value that has fields of the same names."""
    return {name: getattr(row, name) for name in names.split()}


def partial_index(name: str, columns: str, *, where: TextClause, unique: bool = False) -> Index:
    """Return an index of the rows that a condition holds for; columns are parted by spaces."""
    names = columns.split()
    return Index(name, *names, unique=unique, sqlite_where=where, postgresql_where=where)


def texts_of(name: str) -> ScalarSelect[str]:
    """Return the texts of a list that is one parameter, to look for many of them with `in_`.

    PostgreSQL looks for each of many parameters in every row; these it puts into a table first.
    """
    texts: BindParameter[list[str]] = bindparam(name, type_=JSON)
    found = _TextsOf(texts).table_valued("value")
    return select(found.c.value).scalar_subquery()


def numbers_of(name: str) -> ScalarSelect[int]:
    """Return the numbers of a list that is one parameter, like `texts_of`.

    With a parameter for each, SQLAlchemy would write the statement anew each time it is carried
    out, which takes longer than to look for five hundred rows.
    """
    numbers: BindParameter[list[int]] = bindparam(name, type_=JSON)
    found = _TextsOf(numbers).table_valued("value")
    return select(cast_to(found.c.value, Integer)).scalar_subquery()


class _TextsOf(FunctionElement[str]):
    name = "texts_of"
    inherit_cache = True


@compiles(_TextsOf, "sqlite")
def _on_sqlite(element: _TextsOf, compiler: SQLCompiler, **how: object) -> str:
    return f"json_each({compiler.process(element.clauses, **how)})"


@compiles(_TextsOf, "postgresql")
def _on_postgresql(element: _TextsOf, compiler: SQLCompiler, **how: object) -> str:
    return f"json_array_elements_text({compiler.process(element.clauses, **how)})"


class ListsOf(FunctionElement[list[list[Any]]]):
    """All rows of a group as lists of these columns, in no order; None or none without rows.

    What is of one row and short is read beside it so, instead of by a statement of its own.
    """

    name = "lists_of"
    inherit_cache = True
    type = JSON()


@compiles(ListsOf, "sqlite")
def _lists_on_sqlite(element: ListsOf, compiler: SQLCompiler, **how: object) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **how)}))"


@compiles(ListsOf, "postgresql")
def _lists_on_postgresql(element: ListsOf, compiler: SQLCompiler, **how: object) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **how)}))"
