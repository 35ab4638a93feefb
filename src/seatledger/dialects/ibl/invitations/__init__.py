"""Invitations to platforms, courses and programs: 19 operations (ibl part L)."""

from seatledger.dialects.ibl.invitations.routes import router

__all__ = ["router"]
