"""The centre and a party write to each other in a trouble: who reads which message, what of it is to be answered, by when."""
