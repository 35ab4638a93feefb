"""How a program is named: by a key of its own, `ORG+ID`, or by its org and its id (ibl C6)."""


def program_key(org: str, program_id: str) -> str:
    """The key of a program of this org, which is the key of our item."""
    return program_id if program_id.startswith(f"{org}+") else f"{org}+{program_id}"


def program_id(key: str) -> str:
    """The id in a program's key: what stands behind the org."""
    return key.partition("+")[2] or key
