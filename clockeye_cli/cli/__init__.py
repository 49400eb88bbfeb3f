"""The faces of the commands: parameters, help and examples. Each face calls a run in `commands`."""
