"""A pytest plugin for runs with a mutant: the same examples each time, and none made smaller, since nobody reads them."""

from hypothesis import Phase, settings

settings.register_profile(
    "mutants", database=None, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("mutants")
