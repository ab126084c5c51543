"""The verbs of this room over JSON: payouts, accounts, runs."""
