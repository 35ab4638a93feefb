"""The pages: each file has the handlers of one, and a template of its name."""
