"""In what order the doctor looks: the machine, whether there are tables to ask, and then everything that they say."""

from __future__ import annotations

from mamori.site.checks import (
    agreed,
    company,
    guarding,
    house,
    keeping,
    machine,
    mailing,
    people,
    relaying,
    serving,
    storage,
)

OF_MACHINE = (machine.python, machine.log_origin, machine.keys, machine.places)
OF_TABLES = (storage.database, storage.durability, storage.migrations)
SAYS_MORE = storage.durability
"""The one of the tables after which, whatever it says, the others can still be asked."""
OF_HOUSE = (
    storage.triggers,
    storage.kept_rules,
    guarding.matching_keys,
    machine.calendar,
    house.one_house,
    house.clocks_alive,
    house.clocks_overdue,
    house.log_sequenced,
    house.acts_ahead,
    house.deliveries,
    mailing.mail_way,
    mailing.mail_waiting,
    mailing.letters,
    house.imports,
    house.instructions,
    house.money,
    agreed.clauses,
    agreed.switches,
    keeping.kept_for_ever,
    relaying.notification,
    relaying.scanning,
    serving.signing_secret,
    serving.pages_files,
    serving.pages,
    serving.scanner,
    guarding.data_keys,
    guarding.quarantine,
    serving.disk,
    serving.backup,
    people.origin,
    people.staff,
    company.company,
    people.keys,
)
