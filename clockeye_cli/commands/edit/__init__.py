"""`clockeye edit`: change entries with options, or in the editor."""
