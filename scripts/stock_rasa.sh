#!/usr/bin/env bash
# Makes .venv-rasa-stock: Rasa 3.6 as `pip install rasa` gives it, TensorFlow included. Only benchmarks use it.
set -euo pipefail
cd "$(dirname "$0")/.."
hash=$(sha256sum < benchmarks/stock-rasa.lock | cut -c1-16)
[ -f .venv-rasa-stock/.stamp ] && [ "$(cat .venv-rasa-stock/.stamp)" = "$hash" ] && exit 0
echo "==> Stock Rasa with TensorFlow (.venv-rasa-stock, 3 GB, about 3 minutes)"
rm -rf .venv-rasa-stock
"$(bash scripts/find_python.sh 3.10)" -m venv .venv-rasa-stock
.venv-rasa-stock/bin/python -m pip install -qq --no-deps --require-hashes -r benchmarks/stock-rasa.lock
echo "$hash" > .venv-rasa-stock/.stamp
