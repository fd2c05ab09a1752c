"""That somebody gets no workshop at a time is a decision of its own, told by more than one row.

Revision ID: 0106
Revises: 0105
"""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

# Until now it was written as several workshops ruled out in one step.
DECIDED_AT_ONCE = """
    UPDATE wish_decisions SET of_time = true WHERE NOT is_given AND EXISTS (
        SELECT 1 FROM wish_decisions AS beside
        WHERE beside.registration_id = wish_decisions.registration_id
        AND beside.decided_at = wish_decisions.decided_at
        AND beside.id <> wish_decisions.id AND NOT beside.is_given
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("wish_decisions") as decisions:
        of_time = sa.Column("of_time", sa.Boolean(), server_default=sa.false(), nullable=False)
        decisions.add_column(of_time)
        decisions.create_check_constraint(
            op.f("ck_wish_decisions_given_or_of_time"), "NOT (is_given AND of_time)"
        )
    op.execute(DECIDED_AT_ONCE)


def downgrade() -> None:
    with op.batch_alter_table("wish_decisions") as decisions:
        decisions.drop_constraint(op.f("ck_wish_decisions_given_or_of_time"), type_="check")
        decisions.drop_column("of_time")
