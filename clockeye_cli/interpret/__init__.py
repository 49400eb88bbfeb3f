"""From what was typed to what is meant: the work, the days and entries, and whose they are."""
