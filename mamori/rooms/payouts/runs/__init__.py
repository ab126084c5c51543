"""Payout runs: lines taken, what may be paid ordered once, the file written, or the run called off."""
