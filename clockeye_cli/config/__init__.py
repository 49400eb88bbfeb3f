"""The user's configuration: settings and their sources, profiles, keys, hooks, and the paths of all files."""
