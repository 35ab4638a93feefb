"""Suggestions of courses, programs and pathways to people and to groups: 24 operations."""

from seatledger.dialects.ibl.suggestions.routes import router

__all__ = ["router"]
