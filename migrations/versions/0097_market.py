"""Marketplaces: who takes part, offers and demands, what is agreed on.

Revision ID: 0097
Revises: 0096
"""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _congress(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["congress_id"],
        ["congresses.id"],
        name=op.f(f"fk_{table}_congress_id_congresses"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "markets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("entries_until", sa.Date(), nullable=True),
        _congress("markets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_markets")),
        sa.UniqueConstraint("congress_id", name=op.f("uq_markets_congress_id")),
    )
    op.create_table(
        "market_parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False, server_default=""),
        sa.Column("stand", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "sector IN ('', 'public', 'civil', 'business')",
            name=op.f("ck_market_parties_sector_known"),
        ),
        sa.CheckConstraint(
            "stand IS NULL OR stand > 0", name=op.f("ck_market_parties_stand_counted")
        ),
        _congress("market_parties"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_market_parties_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_market_parties_registration_id_registrations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_parties")),
        sa.UniqueConstraint(
            "congress_id", "stand", name=op.f("uq_market_parties_congress_id_stand")
        ),
    )
    for column in ("organisation_id", "registration_id"):
        op.create_index(op.f(f"ix_market_parties_{column}"), "market_parties", [column])
    op.create_table(
        "market_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, server_default=""),
        sa.Column("is_published", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "side IN ('offer', 'demand')", name=op.f("ck_market_entries_side_known")
        ),
        _congress("market_entries"),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["market_parties.id"],
            name=op.f("fk_market_entries_party_id_market_parties"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_entries")),
    )
    op.create_index("ix_market_entries_congress", "market_entries", ["congress_id", "is_published"])
    op.create_index(op.f("ix_market_entries_party_id"), "market_entries", ["party_id"])
    op.create_table(
        "market_agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("euros", sa.Integer(), nullable=True),
        sa.Column("agreed_at", MOMENT, nullable=False),
        sa.CheckConstraint("giver_id <> taker_id", name=op.f("ck_market_agreements_two")),
        sa.CheckConstraint(
            "hours IS NULL OR hours >= 0", name=op.f("ck_market_agreements_hours_counted")
        ),
        sa.CheckConstraint(
            "euros IS NULL OR euros >= 0", name=op.f("ck_market_agreements_euros_counted")
        ),
        _congress("market_agreements"),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["market_parties.id"],
                name=op.f(f"fk_market_agreements_{column}_market_parties"),
            )
            for column in ("giver_id", "taker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_agreements")),
        sa.UniqueConstraint(
            "congress_id", "number", name=op.f("uq_market_agreements_congress_id_number")
        ),
    )
    for column in ("giver_id", "taker_id"):
        op.create_index(op.f(f"ix_market_agreements_{column}"), "market_agreements", [column])


def downgrade() -> None:
    for table in ("market_agreements", "market_entries", "market_parties", "markets"):
        op.drop_table(table)
