"""`python -m mamori.site`: the command `mamori`, for processes that start others of their own kind."""

import sys

from mamori.site import logs
from mamori.site.command import main

if __name__ == "__main__":
    if "--ready-fd" in sys.argv:  # a supervisor reads along
        logs.catch()
    main()
