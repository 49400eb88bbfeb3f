"""What people and programs read: typed cells, one file a format, and the terminal."""
