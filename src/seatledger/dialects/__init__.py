"""The tongues the ledger speaks: one folder for each vendor, who do not know each other."""
