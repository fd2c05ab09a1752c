"""That no place is wanted stands for each time: a wish of rank 0.

Revision ID: 0105
Revises: 0104
"""

from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _check("rank >= 0")


def downgrade() -> None:
    op.execute("DELETE FROM workshop_wishes WHERE rank = 0")
    _check("rank >= 1")


def _check(condition: str) -> None:
    with op.batch_alter_table("workshop_wishes") as wishes:
        wishes.drop_constraint(op.f("ck_workshop_wishes_rank"), type_="check")
        wishes.create_check_constraint(op.f("ck_workshop_wishes_rank"), condition)
