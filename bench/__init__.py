"""What things cost, as ratios. `make bench`, or `python -m bench reports` and `python -m bench pages` one at a time.

Times are CPU seconds of this process, the best of several rounds, with the cases of a round in turn: a busy machine
disturbs them alike. Read them as ratios and slopes; the goal beside each is what the project promises itself.
"""
