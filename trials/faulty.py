"""Settings of a house with a planted fault: it has no answer of its own to a database that is away."""

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

ROOT_URLCONF = "trials.silent"
