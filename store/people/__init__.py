"""What people write, and what each of them may see: accounts, decisions, scores, deliberations.

`store.people.room.open_room(home, database=None)` gives the `Room`, whose `reading()` and `writing(actor)` are one
transaction each. Every other module here is plain functions over one of the two. `visible` alone says what a person may
see: every list, count, search, history, export and file asks it.

Words of people are added, never changed: a later word `replaces` the former, and both stay. They are in tables of
their own, which the machine's connection cannot write; a person's connection cannot write the machine's.
"""
