"""Nouns and rules, pure: the standard library only, no clock, no chance, no rows.

`book` is the heart: a batch of commands works on one `Book`, whose verbs (seat, end, suspend …)
are the only places where a seat changes state, a counter moves or an event is written.
"""
