"""`clockeye auth`: log in to an account, log out, and say which state the key is in."""
