"""What the user has settled: settings with their sources, profiles, and where files lie."""
