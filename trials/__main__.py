"""`python -m trials`: the measurements, from the repository; what is installed brings none of them."""

from mamori.site.command import run
from trials.command import cli

if __name__ == "__main__":
    run(cli, "python -m trials")
