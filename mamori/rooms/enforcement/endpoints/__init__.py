"""What software tells and reads of breaches."""
