"""Links to the files of saved views, mailed in a rhythm.

Revision ID: 0082
Revises: 0081
"""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

OWNERS = {"congress_id": "congresses", "view_id": "attendee_views", "user_id": "users"}


def upgrade() -> None:
    op.create_table(
        "list_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in OWNERS),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hour >= 0 AND hour < 24", name=op.f("ck_list_mails_hour")),
        sa.CheckConstraint("weekday >= 0 AND weekday < 7", name=op.f("ck_list_mails_weekday")),
        *(
            sa.ForeignKeyConstraint(
                [name],
                [f"{table}.id"],
                name=op.f(f"fk_list_mails_{name}_{table}"),
                ondelete="CASCADE",
            )
            for name, table in OWNERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_mails")),
        sa.UniqueConstraint("view_id", "user_id", name=op.f("uq_list_mails_view_id_user_id")),
    )
    for name in ("congress_id", "user_id", "next_at"):
        op.create_index(f"ix_list_mails_{name}", "list_mails", [name])


def downgrade() -> None:
    op.drop_table("list_mails")
