"""What a seller objects to, looked at again by somebody else."""
