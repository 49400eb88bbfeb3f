"""`clockeye projects`: list, add, rename, archive, merge and delete projects."""
