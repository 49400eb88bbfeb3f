"""`clockeye sync`: exchange everything with the account, and settle what a person must decide."""
