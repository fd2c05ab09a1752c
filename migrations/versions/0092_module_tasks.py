"""Tasks of the modules of a course, and what participants handed in.

Revision ID: 0092
Revises: 0091
"""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("reminded_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "module_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("told_up_to", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "whose IN ('person', 'organisation')", name=op.f("ck_module_tasks_whose_known")
        ),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_module_tasks_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_tasks")),
    )
    op.create_index("ix_module_tasks_order", "module_tasks", ["congress_id", "due_on"])
    op.create_index(
        "ix_module_tasks_open",
        "module_tasks",
        ["due_on"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    op.create_table(
        "hand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, server_default=""),
        sa.Column("url", sa.String(), nullable=False, server_default=""),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["module_tasks.id"],
            name=op.f("fk_hand_ins_task_id_module_tasks"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_hand_ins_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_ins")),
        sa.UniqueConstraint(
            "task_id", "registration_id", name=op.f("uq_hand_ins_task_id_registration_id")
        ),
    )
    op.create_index(op.f("ix_hand_ins_registration_id"), "hand_ins", ["registration_id"])


def downgrade() -> None:
    op.drop_table("hand_ins")
    op.drop_table("module_tasks")
