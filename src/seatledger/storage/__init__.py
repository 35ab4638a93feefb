"""Rows, on SQLite and PostgreSQL. Only here is SQL; only `engine` knows which engine."""
