"""What linking remembers of a report, so that new reports join without the others being gone through again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_memory",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("scores", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_link_memory_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_link_memory")),
    )
