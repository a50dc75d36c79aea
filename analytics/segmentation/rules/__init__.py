"""Segments made by hand: rules over traits, events, figures, predictions, time and chance.

1. `grammar`   what a rule may say; faults are told all at once, with where and how to mend
2. `wording`   a rule in words
3. `deciding`  whether one customer fits, in microseconds
"""
