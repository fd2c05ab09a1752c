"""How delivery stands: trouble with the relay, which database this is, what domains were sent.

Revision ID: 0033
Revises: 0034
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_control") as batch:
        batch.add_column(sa.Column("trouble", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("trouble_since", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("database", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("begun", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("restored_up_to", sa.Integer(), nullable=True))
    op.create_table(
        "outbox_domains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_domains")),
        sa.UniqueConstraint("domain", name=op.f("uq_outbox_domains_domain")),
    )
    _name_a_new_database()


def _name_a_new_database() -> None:
    """Let a database that never had a mail be known as another one than any before.

    One that has mails stays without a name: it may be an old backup that was just put back, and
    only the worker can tell.
    """
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT 1 FROM outbox_messages LIMIT 1")):
        return
    if connection.scalar(sa.text("SELECT 1 FROM outbox_control LIMIT 1")) is None:
        row = sa.text("INSERT INTO outbox_control (id, held) VALUES (1, :held)")
        connection.execute(row.bindparams(sa.bindparam("held", type_=sa.Boolean)), {"held": False})
    named = sa.text("UPDATE outbox_control SET database = :name")
    connection.execute(named, {"name": secrets.token_hex(8)})


def downgrade() -> None:
    op.drop_table("outbox_domains")
    with op.batch_alter_table("outbox_control") as batch:
        for name in ("restored_up_to", "begun", "database", "trouble_since", "trouble"):
            batch.drop_column(name)
