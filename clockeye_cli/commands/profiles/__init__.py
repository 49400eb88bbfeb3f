"""`clockeye profiles`: list them, choose one, rename and remove them."""
