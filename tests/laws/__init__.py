"""Laws: what holds of every text that anyone may write, tried on texts that have been spoilt at random.

A law is a function with `@law(strategy)` in a module `laws/test_….py`; nothing else is edited.  `make test` tries
ten texts for each, always the same ones; `make laws` (`python -m tests.laws`) goes on with new ones for as long as it is
told to, and writes each text that breaks a law as a case.
"""
