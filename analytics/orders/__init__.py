"""Orders as a customer asks for them: with a state at this moment."""
