"""`clockeye undo` and `clockeye redo`: reverse commands, and reverse that."""
