"""Figures of the report to the funder that everybody may read.

Revision ID: 0095
Revises: 0094
"""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "released_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("first_year <= last_year", name=op.f("ck_released_figures_years")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_figures")),
        sa.UniqueConstraint("first_year", name=op.f("uq_released_figures_first_year")),
        sa.UniqueConstraint("last_year", name=op.f("uq_released_figures_last_year")),
    )


def downgrade() -> None:
    op.drop_table("released_figures")
