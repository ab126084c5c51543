"""The pages of staff: names in doubt, payouts that wait, accounts masked, runs."""
