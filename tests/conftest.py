"""What all tests share; its place puts this folder on the path, for `hostile_text`."""
