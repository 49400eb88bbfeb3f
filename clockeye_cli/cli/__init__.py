"""The faces of the commands: what each takes, its help, its examples. A face calls a run in `commands`."""
