"""Ranked wishes for workshops, what organisers decide by hand, and the runs that assign places.

Revision ID: 0104
Revises: 0103
"""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UNDER_WAY = sa.text("state IN ('queued', 'running')")
COMPARING = sa.text("compare_asked_at IS NOT NULL")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    with op.batch_alter_table("congresses") as congresses:
        congresses.add_column(sa.Column("wishes_until", MOMENT, nullable=True))
        congresses.add_column(
            sa.Column("wish_seed", sa.String(), nullable=False, server_default="")
        )
    with op.batch_alter_table("programme_items") as items:
        items.add_column(sa.Column("allocation", sa.String(), nullable=False, server_default=""))
        items.add_column(sa.Column("assigned_at", MOMENT, nullable=True))
        items.create_check_constraint(
            op.f("ck_programme_items_allocation_known"),
            "allocation IN ('', 'first_come', 'wishes')",
        )
    with op.batch_alter_table("registrations") as registrations:
        registrations.add_column(sa.Column("wished_at", MOMENT, nullable=True))
    with op.batch_alter_table("bookings") as bookings:
        bookings.add_column(sa.Column("wish", sa.Integer(), nullable=True))
    with op.batch_alter_table("registration_groups") as groups:
        groups.add_column(sa.Column("in_workshops", sa.String(), nullable=False, server_default=""))
        groups.create_check_constraint(
            op.f("ck_registration_groups_in_workshops_known"),
            "in_workshops IN ('', 'together', 'apart')",
        )
    op.create_table(
        "workshop_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("any_other", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_workshop_wishes_rank")),
        _to("workshop_wishes", "registration_id", "registrations"),
        _to("workshop_wishes", "item_id", "programme_items"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_wishes")),
        sa.UniqueConstraint(
            "registration_id", "item_id", name=op.f("uq_workshop_wishes_registration_id_item_id")
        ),
    )
    op.create_index("ix_workshop_wishes_item", "workshop_wishes", ["item_id", "rank"])
    op.create_table(
        "wish_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=False),
        _to("wish_decisions", "congress_id", "congresses"),
        _to("wish_decisions", "registration_id", "registrations"),
        _to("wish_decisions", "item_id", "programme_items"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_decisions")),
        sa.UniqueConstraint(
            "registration_id", "item_id", name=op.f("uq_wish_decisions_registration_id_item_id")
        ),
    )
    op.create_index(op.f("ix_wish_decisions_congress_id"), "wish_decisions", ["congress_id"])
    op.create_table(
        "assignment_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("stage", sa.String(), nullable=False, server_default=""),
        sa.Column("share", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("inputs_hash", sa.String(), nullable=False, server_default=""),
        sa.Column("solver", sa.String(), nullable=False, server_default=""),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("contradictions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("one_more", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("compare_asked_at", MOMENT, nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'contradiction', 'failed', 'stopped',"
            " 'released')",
            name=op.f("ck_assignment_runs_state_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('first', 'least_change')", name=op.f("ck_assignment_runs_kind_known")
        ),
        _to("assignment_runs", "congress_id", "congresses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_runs")),
    )
    op.create_index(op.f("ix_assignment_runs_congress_id"), "assignment_runs", ["congress_id"])
    for name, column, where, unique in (
        ("uq_assignment_runs_under_way", "congress_id", UNDER_WAY, True),
        ("ix_assignment_runs_queue", "id", UNDER_WAY, False),
        ("ix_assignment_runs_comparing", "id", COMPARING, False),
    ):
        op.create_index(
            name,
            "assignment_runs",
            [column],
            unique=unique,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "assignment_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"),
        sa.CheckConstraint(
            "how IN ('wish', 'by_hand', 'role', 'booked', 'none')",
            name=op.f("ck_assignment_outcomes_how_known"),
        ),
        _to("assignment_outcomes", "run_id", "assignment_runs"),
        _to("assignment_outcomes", "registration_id", "registrations"),
        _to("assignment_outcomes", "item_id", "programme_items"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_outcomes")),
        sa.UniqueConstraint(
            "run_id",
            "registration_id",
            "slot",
            name=op.f("uq_assignment_outcomes_run_id_registration_id_slot"),
        ),
    )
    op.create_index("ix_assignment_outcomes_item", "assignment_outcomes", ["run_id", "item_id"])
    op.create_index("ix_assignment_outcomes_person", "assignment_outcomes", ["registration_id"])


def downgrade() -> None:
    for table in ("assignment_outcomes", "assignment_runs", "wish_decisions", "workshop_wishes"):
        op.drop_table(table)
    with op.batch_alter_table("registration_groups") as groups:
        groups.drop_constraint(op.f("ck_registration_groups_in_workshops_known"), type_="check")
        groups.drop_column("in_workshops")
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_column("wish")
    with op.batch_alter_table("registrations") as registrations:
        registrations.drop_column("wished_at")
    with op.batch_alter_table("programme_items") as items:
        items.drop_constraint(op.f("ck_programme_items_allocation_known"), type_="check")
        items.drop_column("assigned_at")
        items.drop_column("allocation")
    with op.batch_alter_table("congresses") as congresses:
        congresses.drop_column("wish_seed")
        congresses.drop_column("wishes_until")
