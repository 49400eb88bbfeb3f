"""`clockeye profiles`: list profiles, choose the default, rename and remove profiles."""
