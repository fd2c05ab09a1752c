"""Groups: whoever registers several people, and with whom somebody was registered.

Revision ID: 0065
Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

FROM_A_FORM = sa.text("form_key <> ''")
GROUPED = sa.text("group_id IS NOT NULL")
REFERENCE = "fk_registrations_group_id_registration_groups"
INDEX = "ix_registrations_group"


def upgrade() -> None:
    op.create_table(
        "registration_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("given_name", "family_name", "email", "email_key", "language")
        ),
        sa.Column("together", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("nonce", "key_id", "digest")),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_registration_groups_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_groups")),
        sa.UniqueConstraint("digest", name=op.f("uq_registration_groups_digest")),
    )
    op.create_index(
        "uq_registration_groups_form",
        "registration_groups",
        ["congress_id", "form_key"],
        unique=True,
        sqlite_where=FROM_A_FORM,
        postgresql_where=FROM_A_FORM,
    )
    with op.batch_alter_table("registrations") as table:
        table.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f(REFERENCE), "registration_groups", ["group_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(
        INDEX,
        "registrations",
        ["group_id"],
        unique=False,
        sqlite_where=GROUPED,
        postgresql_where=GROUPED,
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="registrations")
    with op.batch_alter_table("registrations") as table:
        table.drop_constraint(op.f(REFERENCE), type_="foreignkey")
        table.drop_column("group_id")
    op.drop_table("registration_groups")
