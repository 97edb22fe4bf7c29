"""The macros, one a module, and what they are made of."""
