"""One customer across all sources: merged by verified keys only, never by name, and separable again.

1. `keys`      e-mail addresses, phones, cards and handles in the one form in which they are compared
2. `combining` what one customer's rows become when two of hers meet
3. `merging`   merging two customers, row by row, logged
4. `undoing`   taking a merge back
5. `matching`  who of an import is whom
"""
