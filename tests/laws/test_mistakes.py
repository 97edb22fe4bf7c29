"""What people get wrong is told: nothing of it is published in silence."""

from tests.laws.law import BreachError, law
from tests.laws.mistakes import Mistake, mistakes
from tests.laws.seeds import laid
from tests.laws.site import checked, read


@law(mistakes())
def test_mistakes_are_told(mistake: Mistake) -> None:
    """The check has a problem, and few for one mistake."""
    with laid(mistake.ground, {mistake.path: mistake.text.encode()}) as home:
        problems = checked(read(home), home)
    if not problems:
        raise BreachError(f"nothing is said of a mistake: {mistake.kind}", mistake.path)
    if len(problems) > 3:
        raise BreachError(f"more is said than one thing: {mistake.kind}", [str(one) for one in problems[:5]])
