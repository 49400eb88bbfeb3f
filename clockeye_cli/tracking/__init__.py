"""The rules of tracking: what start, stop, add, edit and undo mean. They work inside a write transaction."""
