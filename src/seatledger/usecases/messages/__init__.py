"""How messages are worded: the standard texts, a platform's own ones, and the facts put in.

It is here, beside the use cases, because a message is rendered in the transaction of what it tells:
connectors and dialects come later, and get what stands in the rows.
"""
