"""Promises broken on purpose, one deed at a time, to see that each fault's check notices it."""
