"""Verbs: each a batch of commands in one transaction, or a question.

Writes have the form `verb(unit, commands, now) -> outcomes`, one outcome a command in order: the
changed value, or a Refusal that left everything as it was. `handlers` says which verb carries out
which command. Questions have the form `verb(unit, …)`.
"""
