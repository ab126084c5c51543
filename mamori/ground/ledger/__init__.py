"""The verifiable record of acts."""
