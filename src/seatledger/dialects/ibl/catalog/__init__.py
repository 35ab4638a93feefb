"""The catalog beside the licences: courses, programs, pathways, enrollment and eligibility."""

from seatledger.dialects.ibl.catalog.routes import router

__all__ = ["router"]
