"""Which fields a congress asks for and what people answered: one column each.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CONGRESSES = sa.table(
    "congresses",
    sa.column("fields", sa.JSON),
    sa.column("organisation_field", sa.String),
    sa.column("function_field", sa.String),
)
REGISTRATIONS = sa.table(
    "registrations", sa.column("answers", sa.JSON), sa.column("function", sa.String)
)


def upgrade() -> None:
    # Column by column: SQLite would lose the checks of a table that is built anew.
    op.add_column("congresses", sa.Column("fields", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "registrations", sa.Column("answers", sa.JSON(), nullable=False, server_default="{}")
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    as_json = sa.func.json_object if is_sqlite else sa.func.json_build_object
    asked = as_json(
        "organisation",
        CONGRESSES.c.organisation_field,
        "function",
        CONGRESSES.c.function_field,
        type_=sa.JSON,
    )
    op.execute(sa.update(CONGRESSES).values(fields=asked))
    answered = as_json("function", REGISTRATIONS.c.function, type_=sa.JSON)
    op.execute(
        sa.update(REGISTRATIONS).values(answers=answered).where(REGISTRATIONS.c.function != "")
    )
    op.drop_column("congresses", "organisation_field")
    op.drop_column("congresses", "function_field")
    op.drop_column("registrations", "function")


def downgrade() -> None:
    for table, name, default in (
        ("congresses", "organisation_field", "optional"),
        ("congresses", "function_field", "optional"),
        ("registrations", "function", ""),
    ):
        column = sa.Column(name, sa.String(), nullable=False, server_default=default)
        op.add_column(table, column)
    fields = CONGRESSES.c.fields
    op.execute(
        sa.update(CONGRESSES).values(
            organisation_field=sa.func.coalesce(fields["organisation"].as_string(), "optional"),
            function_field=sa.func.coalesce(fields["function"].as_string(), "optional"),
        )
    )
    answer = REGISTRATIONS.c.answers["function"].as_string()
    op.execute(sa.update(REGISTRATIONS).values(function=sa.func.coalesce(answer, "")))
    op.drop_column("congresses", "fields")
    op.drop_column("registrations", "answers")
