"""The highest number said of an incident, which an open range leaves out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for measure in ("killed", "injured"):
        op.add_column("incidents", sa.Column(f"{measure}_highest", sa.Integer(), nullable=True))
