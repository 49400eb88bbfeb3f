"""`clockeye invoices`: list, add and remove invoices."""
