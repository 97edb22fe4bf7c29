"""An author's file: its text, its Markdown, its calls, and the problems in it.  Knows no edition."""
