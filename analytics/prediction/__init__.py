"""What is expected of each customer: models of buying, their measured choice, and the words around a figure.

Churn, orders and value:
1. `history`         purchase days of all customers, and their summary as of a day
2. `buying_models`   BG/NBD and MBG/NBD (`beta_geometric`), Pareto/NBD (`pareto`), with Gamma-Gamma (`spend`)
3. `season`          how much busier the shop will be, from the calendar and its own past
4. `signals`         what a customer's purchases tell; `learning` puts them together as of many earlier days
5. `members`         `regression` and `boosting` on signals, and a model of buying; `blend` weighs them
6. `serving`         which model serves a shop: all are tried on its last horizon (`choosing`, `measures`)
7. `buying`          the maker: figures with `ranges`, `reasons` and a model `card`

All predictions:
8. `making`          what the job of predictions asks each maker for
9. `reading`         predictions out of the database (`wire`: as JSON)
"""
