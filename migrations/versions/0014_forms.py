"""An index by which the form is found that a registration came from.

Each registration asks whether its form has made one before; without the index that looked at
everybody in the congress.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FROM_A_FORM = sa.text("form_key <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_registrations_form",
        "registrations",
        ["congress_id", "form_key"],
        unique=False,
        sqlite_where=FROM_A_FORM,
        postgresql_where=FROM_A_FORM,
    )


def downgrade() -> None:
    op.drop_index("ix_registrations_form", table_name="registrations")
