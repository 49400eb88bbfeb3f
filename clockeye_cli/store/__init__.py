"""The state file on this computer: one SQLite database per profile, changed in single transactions."""
