"""`clockeye projects`: list, add, rename and archive projects."""
