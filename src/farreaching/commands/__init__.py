"""Commands of the command line, a module each, with a function `register` that adds its words."""
