"""The network: register with validity and districts, members over time, who speaks for whom.

Revision ID: 0084
Revises: 0083
"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("network_role", sa.String(), nullable=True))
        users.create_check_constraint(
            op.f("ck_users_network_role_known"),
            "network_role IS NULL OR network_role IN ('coordination', 'reader', 'funder')",
        )
    with op.batch_alter_table("organisations") as organisations:
        organisations.add_column(sa.Column("district", sa.String(), nullable=True))
        organisations.add_column(
            sa.Column("sector", sa.String(), nullable=False, server_default="")
        )
        organisations.add_column(sa.Column("inhabitants", sa.Integer(), nullable=True))
        organisations.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        organisations.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        organisations.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        organisations.create_foreign_key(
            op.f("fk_organisations_successor_id_organisations"),
            "organisations",
            ["successor_id"],
            ["id"],
        )
        organisations.create_check_constraint(
            op.f("ck_organisations_district_length"), "district IS NULL OR length(district) = 5"
        )
        organisations.create_check_constraint(
            op.f("ck_organisations_sector_known"),
            "sector IN ('', 'public', 'civil', 'business')",
        )
        organisations.create_check_constraint(
            op.f("ck_organisations_validity"),
            "valid_until IS NULL OR valid_from IS NULL OR valid_from <= valid_until",
        )
        organisations.create_index("ix_organisations_ags", ["ags"])
        organisations.create_index("ix_organisations_district", ["district"])
        organisations.create_index("ix_organisations_successor", ["successor_id"])
    op.execute("UPDATE organisations SET district = substr(ags, 1, 5) WHERE length(ags) IN (5, 8)")
    _names()
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('interested', 'applied', 'member', 'partner', 'left')",
            name=op.f("ck_memberships_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_memberships_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index("ix_memberships_organisation", "memberships", ["organisation_id", "since"])
    believed = sa.text("superseded_at IS NULL")
    op.create_index(
        "ix_memberships_believed",
        "memberships",
        ["since"],
        sqlite_where=believed,
        postgresql_where=believed,
    )
    _people()


def _names() -> None:
    for table, column in (("organisation_aliases", "name_key"), ("organisation_domains", "domain")):
        more = (
            [sa.Column("name", sa.String(), nullable=False)]
            if column == "name_key"
            else [sa.Column("confirmed_at", MOMENT, nullable=False)]
        )
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("organisation_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.String(), nullable=False),
            *more,
            sa.ForeignKeyConstraint(
                ["organisation_id"],
                ["organisations.id"],
                name=op.f(f"fk_{table}_organisation_id_organisations"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}")),
        )
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _people() -> None:
    folded = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "contact_persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False, server_default="contact"),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("name_order", folded, nullable=False),
        sa.Column("search", folded, nullable=False, server_default=""),
        sa.Column("function", sa.String(), nullable=False, server_default=""),
        sa.Column("phone", sa.String(), nullable=False, server_default=""),
        sa.Column("language", sa.String(), nullable=False, server_default="de"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("nonce", sa.String(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("invited_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "role IN ('contact', 'deputy')", name=op.f("ck_contact_persons_role_known")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_contact_persons_term")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contact_persons_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_persons")),
        sa.UniqueConstraint("digest", name=op.f("uq_contact_persons_digest")),
    )
    op.create_index(
        "ix_contact_persons_organisation", "contact_persons", ["organisation_id", "starts_on"]
    )
    op.create_index("ix_contact_persons_email", "contact_persons", ["email_key"])
    op.create_index("ix_contact_persons_order", "contact_persons", ["name_order", "id"])
    op.create_table(
        "contact_logins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_persons.id"],
            name=op.f("fk_contact_logins_contact_id_contact_persons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_logins")),
        sa.UniqueConstraint("digest", name=op.f("uq_contact_logins_digest")),
    )
    op.create_index(op.f("ix_contact_logins_contact_id"), "contact_logins", ["contact_id"])


def downgrade() -> None:
    op.drop_table("contact_logins")
    op.drop_table("contact_persons")
    op.drop_table("memberships")
    op.drop_table("organisation_domains")
    op.drop_table("organisation_aliases")
    with op.batch_alter_table("organisations") as organisations:
        for index in ("successor", "district", "ags"):
            organisations.drop_index(f"ix_organisations_{index}")
        for check in ("validity", "sector_known", "district_length"):
            organisations.drop_constraint(op.f(f"ck_organisations_{check}"), type_="check")
        organisations.drop_constraint(
            op.f("fk_organisations_successor_id_organisations"), type_="foreignkey"
        )
        for column in (
            "successor_id",
            "valid_until",
            "valid_from",
            "inhabitants",
            "sector",
            "district",
        ):
            organisations.drop_column(column)
    with op.batch_alter_table("users") as users:
        users.drop_constraint(op.f("ck_users_network_role_known"), type_="check")
        users.drop_column("network_role")
