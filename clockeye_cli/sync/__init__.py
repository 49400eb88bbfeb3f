"""The exchange with an account: push delivers what is in the outbox, pull reads what is there."""
