"""`clockeye serve`: ClockEye's API as a server, its keys and its users."""
