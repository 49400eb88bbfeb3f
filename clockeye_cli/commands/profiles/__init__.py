"""`clockeye profiles`: list and add profiles, choose the default, rename and remove profiles."""
