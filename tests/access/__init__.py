"""The access matrix: every address of the site, as every kind of person, against every relation to its row.

`rules.py` says who may what, one row for each named address; `town.py` builds two councils whose texts would give a
leak away; `test_matrix.py` walks the URLconf and compares. A new address without a row fails.
"""
