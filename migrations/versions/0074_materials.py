"""What remains of workshops and of the congress itself: documents, photos, links, results.

Revision ID: 0074
Revises: 0073
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

OF_CONGRESS = sa.text("item_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("workshop_reports") as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=True)
    op.create_index(
        "uq_workshop_reports_of_congress",
        "workshop_reports",
        ["congress_id"],
        unique=True,
        sqlite_where=OF_CONGRESS,
        postgresql_where=OF_CONGRESS,
    )
    op.create_table(
        "materials",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("may_publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('document', 'photo', 'link')", name="ck_materials_kind_known"),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_materials_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_materials_item_id_programme_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
    )
    op.create_index("ix_materials_place", "materials", ["congress_id", "item_id"])
    op.create_index(op.f("ix_materials_item_id"), "materials", ["item_id"])
    op.create_index(op.f("ix_materials_digest"), "materials", ["digest"])


def downgrade() -> None:
    op.drop_table("materials")
    op.drop_index("uq_workshop_reports_of_congress", "workshop_reports")
    op.execute("DELETE FROM workshop_reports WHERE item_id IS NULL")
    with op.batch_alter_table("workshop_reports") as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=False)
