"""Segments made by hand, and rules that say what a found segment is: `wording` puts a rule in words."""
