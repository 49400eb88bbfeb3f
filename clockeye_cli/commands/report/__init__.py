"""`clockeye report`: sums of a period, computed from the entries or by ClockEye itself."""
