"""`clockeye config`: show and change the settings."""
