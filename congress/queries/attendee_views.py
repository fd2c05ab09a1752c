"""The saved views of an attendee list."""

from sqlalchemy import or_, select

from congress.domain.attendee_views import SavedView
from congress.extensions import db
from congress.models import AttendeeView


def views(congress_id: int, user_id: int | None) -> list[SavedView]:
    """Return the views that an account finds in a congress, its own ones after the shared ones."""
    rows = db.session.scalars(
        select(AttendeeView)
        .where(
            AttendeeView.congress_id == congress_id,
            or_(AttendeeView.user_id.is_(None), AttendeeView.user_id == user_id),
        )
        .order_by(AttendeeView.user_id.is_not(None), AttendeeView.name_key, AttendeeView.id)
    )
    return [
        SavedView(id=row.id, name=row.name, query=row.query, is_shared=row.user_id is None)
        for row in rows
    ]
