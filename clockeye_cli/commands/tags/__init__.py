"""`clockeye tags`: list and rename tags."""
