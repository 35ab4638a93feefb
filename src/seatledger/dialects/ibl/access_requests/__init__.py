"""Requests of members to be let into a course: 4 operations (ibl part N)."""

from seatledger.dialects.ibl.access_requests.routes import router

__all__ = ["router"]
