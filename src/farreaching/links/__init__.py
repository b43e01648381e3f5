"""The addresses a course cites, and a committed ledger of how they fare.

Parted as Sphinx's linkcheck is, whose collector and memory did not serve (it sees one place an address, and forgets
every run): `addresses` collects, `fetch` makes an exchange, `verdict` judges it, `schedule` keeps the pace per host,
`ledger` remembers, `session` joins them, `archive` proposes snapshots. `farreaching.checks.links` reports.
"""
