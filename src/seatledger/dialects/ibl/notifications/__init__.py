"""Messages: the templates of a platform, and the inboxes of its people (ibl U1, U2)."""

from seatledger.dialects.ibl.notifications.routes import router

__all__ = ["router"]
