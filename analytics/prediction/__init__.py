"""What is expected of each customer: models of buying, their measured choice, and the words around a figure.

1. `history`         purchase days of all customers, and their summary as of a day
2. `beta_geometric`  BG/NBD and MBG/NBD
3. `pareto`          Pareto/NBD
4. `spend`           Gamma-Gamma: what an order of hers is worth
5. `making`          what the job of predictions asks each maker for
6. `reading`         predictions out of the database
"""
