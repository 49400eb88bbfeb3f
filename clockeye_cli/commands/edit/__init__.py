"""`clockeye edit`: change entries by options, or in the editor."""
