"""Banks, their branches and accounts: what exists, and how the numbers on a Japan Post Bank passbook become an account.

`master` knows which banks and branches there are, `account` reads one, `yucho` converts 記号番号.
"""
