"""Who a document, photo or link is for, and minutes as a kind of it.

Revision ID: 0101
Revises: 0100
"""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

KIND = "ck_materials_kind_known"
KIND_BEFORE = "ck_materials_ck_materials_kind_known"  # as 0074 named it


def upgrade() -> None:
    with op.batch_alter_table("materials") as materials:
        materials.add_column(
            sa.Column("audience", sa.String(), nullable=False, server_default="public")
        )
        materials.create_check_constraint(
            op.f("ck_materials_audience_known"),
            "audience IN ('public', 'participants', 'members')",
        )
        materials.drop_constraint(op.f(KIND_BEFORE), type_="check")
        materials.create_check_constraint(
            op.f(KIND), "kind IN ('document', 'minutes', 'photo', 'link')"
        )


def downgrade() -> None:
    # What was for some alone is shown to nobody rather than to everybody.
    op.execute("UPDATE materials SET is_published = false WHERE audience <> 'public'")
    op.execute("UPDATE materials SET kind = 'document' WHERE kind = 'minutes'")
    with op.batch_alter_table("materials") as materials:
        materials.drop_constraint(op.f("ck_materials_audience_known"), type_="check")
        materials.drop_column("audience")
        materials.drop_constraint(op.f(KIND), type_="check")
        materials.create_check_constraint(
            op.f(KIND_BEFORE), "kind IN ('document', 'photo', 'link')"
        )
