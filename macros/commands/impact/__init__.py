"""What a change of the texts touches, for whoever looks at a pull request.

`revision` takes the texts of two revisions out of Git, `touch` compares the two editions, `report` says in
Markdown what became of notes, quotations, comparisons, links and addresses, `command` joins them.
"""
