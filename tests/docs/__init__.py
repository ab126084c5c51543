"""What the words of the repository say is compared with what is there."""
