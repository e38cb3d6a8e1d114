"""Five real councils to look at: facts as data files, and the command that loads them through the domain functions."""
