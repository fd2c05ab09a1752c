"""What people need to take part, apart from their registrations, and the role that reads it.

Revision ID: 0029
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0032"
branch_labels = None
depends_on = None

BEFORE = "role IN ('organiser', 'programme', 'attendee_list', 'reader', 'check_in')"
AFTER = "role IN ('organiser', 'programme', 'attendee_list', 'reader', 'check_in', 'assistance')"
ROLE_KNOWN = "ck_congress_roles_role_known"


def upgrade() -> None:
    op.create_table(
        "assistance_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_assistance_needs_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_needs")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_assistance_needs_registration_id")),
    )
    _let_roles_be(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM congress_roles WHERE role = 'assistance'")
    _let_roles_be(BEFORE)
    op.drop_table("assistance_needs")


def _let_roles_be(known: str) -> None:
    with op.batch_alter_table("congress_roles") as roles:
        roles.drop_constraint(op.f(ROLE_KNOWN), type_="check")
        roles.create_check_constraint(op.f(ROLE_KNOWN), known)
