"""What the pages about actions, updates and returns show, as finished strings. One module for each page or two."""
