"""`clockeye invoices`: list what was billed, bill entries, and take an invoice back."""
