"""Registrations that were merged, those that are of two people, and by what they are alike.

The way down leaves a merged registration as one that has ended.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

from congress.domain.people import likeness

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
ACTIVE = sa.text("state <> 'cancelled'")
INDEX, REFERENCE = "ix_registrations_likeness", "fk_registrations_merged_into_id_registrations"
MERGED, INTO = sa.text("merged_into_id IS NOT NULL"), "ix_registrations_merged_into"
REGISTRATIONS = sa.table(
    "registrations",
    *(sa.column(each) for each in ("id", "given_name", "family_name", "likeness")),
)


def upgrade() -> None:
    with op.batch_alter_table("registrations") as table:
        table.add_column(sa.Column("likeness", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        table.create_foreign_key(REFERENCE, "registrations", ["merged_into_id"], ["id"])
    _write_likenesses()
    op.create_index(
        INDEX,
        "registrations",
        ["congress_id", "likeness", "organisation_key", "email_key", "state"],
        unique=False,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.create_index(
        INTO,
        "registrations",
        ["merged_into_id"],
        unique=False,
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )
    op.create_table(
        "told_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_told_apart_registration_id_registrations"),
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["registrations.id"], name=op.f("fk_told_apart_other_id_registrations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_apart")),
        sa.UniqueConstraint(
            "registration_id", "other_id", name=op.f("uq_told_apart_registration_id_other_id")
        ),
    )
    op.create_index(op.f("ix_told_apart_other_id"), "told_apart", ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_table("told_apart")
    op.drop_index(INTO, table_name="registrations")
    op.drop_index(INDEX, table_name="registrations")
    with op.batch_alter_table("registrations") as table:
        table.drop_constraint(REFERENCE, type_="foreignkey")
        table.drop_column("merged_into_id")
        table.drop_column("likeness")


def _write_likenesses() -> None:
    """Write what each name is like, some people at once."""
    connection = op.get_bind()
    people = sa.select(*(REGISTRATIONS.c[name] for name in ("id", "given_name", "family_name")))
    statement = (
        sa.update(REGISTRATIONS)
        .where(REGISTRATIONS.c.id == sa.bindparam("number"))
        .values(likeness=sa.bindparam("alike"))
    )
    last = 0
    while rows := connection.execute(
        people.where(REGISTRATIONS.c.id > last).order_by(REGISTRATIONS.c.id).limit(AT_ONCE)
    ).all():
        keys = [{"number": number, "alike": likeness(*names)} for number, *names in rows]
        connection.execute(statement, keys)
        last = rows[-1].id
