"""The named queries of `server/storage.py` in PostgreSQL."""
