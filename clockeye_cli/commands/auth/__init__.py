"""`clockeye auth`: log in to an account, log out, and show the state of the key."""
