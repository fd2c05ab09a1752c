"""Projects of the network, the organisations in them, and their documents.

Revision ID: 0090
Revises: 0089
"""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "network_projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(), server_default="", nullable=False),
        sa.Column("search", FOLDED, nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "is_published = false OR state IN ('running', 'finished')",
            name=op.f("ck_network_projects_shown_when_taken_on"),
        ),
        sa.CheckConstraint(
            "kind IN ('publication', 'working_group', 'contribution', 'initiative_circle')",
            name=op.f("ck_network_projects_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'running', 'finished', 'declined')",
            name=op.f("ck_network_projects_state_known"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_network_projects_period"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["contact_persons.id"],
            name=op.f("fk_network_projects_proposed_by_contact_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_projects")),
        sa.UniqueConstraint("code", name=op.f("uq_network_projects_code")),
    )
    op.create_index("ix_network_projects_order", "network_projects", ["search", "id"])
    op.create_index(op.f("ix_network_projects_proposed_by"), "network_projects", ["proposed_by"])

    op.create_table(
        "project_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("credit", sa.String(), server_default="", nullable=False),
        sa.Column("url", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("media_type", sa.String(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), server_default="0", nullable=False),
        sa.Column("width", sa.Integer(), server_default="0", nullable=False),
        sa.Column("height", sa.Integer(), server_default="0", nullable=False),
        sa.Column("digest", sa.String(), server_default="", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("may_publish_at", MOMENT, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('document', 'photo', 'link')", name=op.f("ck_project_documents_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["network_projects.id"],
            name=op.f("fk_project_documents_project_id_network_projects"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_documents")),
    )
    for column in ("digest", "project_id"):
        op.create_index(op.f(f"ix_project_documents_{column}"), "project_documents", [column])

    op.create_table(
        "project_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("person", sa.String(), server_default="", nullable=False),
        sa.Column("email", sa.String(), server_default="", nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "part IN ('lead', 'partner', 'participant')", name=op.f("ck_project_parts_part_known")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_project_parts_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["network_projects.id"],
            name=op.f("fk_project_parts_project_id_network_projects"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_parts")),
        sa.UniqueConstraint(
            "project_id",
            "organisation_id",
            name=op.f("uq_project_parts_project_id_organisation_id"),
        ),
    )
    op.create_index(op.f("ix_project_parts_organisation_id"), "project_parts", ["organisation_id"])


def downgrade() -> None:
    for table in ("project_parts", "project_documents", "network_projects"):
        op.drop_table(table)
