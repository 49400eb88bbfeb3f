"""The named queries of `server/storage.py` in SQLite."""
