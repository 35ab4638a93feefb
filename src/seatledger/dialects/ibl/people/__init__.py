"""Platforms and their people: memberships, user groups, departments, keys."""

from seatledger.dialects.ibl.people.routes import router

__all__ = ["router"]
