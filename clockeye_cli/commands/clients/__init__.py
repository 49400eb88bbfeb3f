"""`clockeye clients`: list, rename and archive clients."""
