"""This computer's state file: one SQLite database a profile, one commit point for all of it."""
