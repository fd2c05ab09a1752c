"""Who was there, and the role of whoever stands at the door.

Revision ID: 0028
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0017"
branch_labels = None
depends_on = None

AT_THE_DOOR, IN_AN_ITEM = sa.text("item_id IS NULL"), sa.text("item_id IS NOT NULL")
BEFORE = "role IN ('organiser', 'programme', 'attendee_list', 'reader')"
AFTER = "role IN ('organiser', 'programme', 'attendee_list', 'reader', 'check_in')"
ROLE_KNOWN = "ck_congress_roles_role_known"


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_attendances_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_attendances_item_id_programme_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_attendances_user_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    for name, columns, where in (
        ("uq_attendances_door", ["day", "registration_id"], AT_THE_DOOR),
        ("uq_attendances_item", ["item_id", "day", "registration_id"], IN_AN_ITEM),
    ):
        op.create_index(
            name, "attendances", columns, unique=True, sqlite_where=where, postgresql_where=where
        )
    op.create_index(op.f("ix_attendances_registration_id"), "attendances", ["registration_id"])
    op.create_index(op.f("ix_attendances_user_id"), "attendances", ["user_id"])
    _let_roles_be(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM congress_roles WHERE role = 'check_in'")
    _let_roles_be(BEFORE)
    op.drop_table("attendances")


def _let_roles_be(known: str) -> None:
    with op.batch_alter_table("congress_roles") as roles:
        roles.drop_constraint(op.f(ROLE_KNOWN), type_="check")
        roles.create_check_constraint(op.f(ROLE_KNOWN), known)
