"""Importing: files of other programs are surveyed, matched with what is stored, and stored, or taken back."""
