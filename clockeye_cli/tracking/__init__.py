"""The rules of tracking: what start, stop, add, edit and undo do. They run inside a write transaction."""
