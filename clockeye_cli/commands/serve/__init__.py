"""`clockeye serve`: a server for the ClockEye API, its keys and its users."""
