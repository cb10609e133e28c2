"""How the room bears 10,000 dossiers and 200 jurors: a store filled by a seed, pages walked and timed.

`python -m web.bench fill` makes the store, `python -m web.bench load` walks the pages. Scores and decisions in it are
drawn by chance for this measure alone: such a store never serves a jury.
"""
