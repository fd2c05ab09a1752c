"""Roles in a congress that people of a network project have until a day.

Revision ID: 0100
Revises: 0099
"""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("congress_roles") as roles:
        roles.add_column(sa.Column("until", sa.Date(), nullable=True))
        roles.add_column(sa.Column("project_part_id", sa.Integer(), nullable=True))
        roles.create_foreign_key(
            op.f("fk_congress_roles_project_part_id_project_parts"),
            "project_parts",
            ["project_part_id"],
            ["id"],
            ondelete="CASCADE",
        )
        roles.create_check_constraint(
            op.f("ck_congress_roles_lent_until_a_day"),
            "(until IS NULL) = (project_part_id IS NULL)",
        )
    op.create_index(
        op.f("ix_congress_roles_project_part_id"), "congress_roles", ["project_part_id"]
    )


def downgrade() -> None:
    # Without its last day a role would be for good.
    op.execute("DELETE FROM congress_roles WHERE until IS NOT NULL")
    op.drop_index(op.f("ix_congress_roles_project_part_id"), "congress_roles")
    with op.batch_alter_table("congress_roles") as roles:
        roles.drop_constraint(op.f("ck_congress_roles_lent_until_a_day"), type_="check")
        roles.drop_constraint(
            op.f("fk_congress_roles_project_part_id_project_parts"), type_="foreignkey"
        )
        roles.drop_column("project_part_id")
        roles.drop_column("until")
