"""The live profile: what each event changes at once, in a time that does not grow with her history."""
