"""Licences (our pools), assignments (seats) and group assignments (grants): 31 operations."""

from seatledger.dialects.ibl.licences.routes import router

__all__ = ["router"]
