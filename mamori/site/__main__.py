"""`python -m mamori.site`: the command `mamori`, for processes that start others of their own kind."""

from mamori.site.command import main

if __name__ == "__main__":
    main()
