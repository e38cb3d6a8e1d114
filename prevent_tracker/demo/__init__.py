"""Five real councils to look at: facts as data files, and the command that loads them through the domain functions.

    data/*.toml            the facts of the five published plans, and organisations and people
    data/stories/*.toml    four invented quarters and an open one, for the two plans that publish actions
    read.py                the files as dataclasses
    shift.py, quarters.py, stories.py   pure: move a plan in time, the demo's calendar, which words in which quarter
    accounts.py            who can sign in, and the file that keeps their password
    plans.py, history.py   write it all, through the same domain functions as the site

Real in it: headings, owners, timescales, targets, bodies and their reporting lines, approval route, projects,
implications. Ours: the wording of every action. Invented, and labelled so: everything said in a quarter. No real
person's name is in it, only role titles.
"""
