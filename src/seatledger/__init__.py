"""Seatledger: a ledger of course seats that cannot be oversold."""

__version__ = "0.1.0"
