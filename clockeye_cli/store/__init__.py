"""This computer's state file: one SQLite database a profile, one commit point for everything that tracking changes."""
