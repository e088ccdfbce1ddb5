"""Whatever strangers add, no step that was not met becomes met, and none that was met is lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_world import LOT, MILK, PRODUCT, World, good_story, statuses

LOTS = [LOT, MILK + "A", MILK + "B", MILK + "C", PRODUCT + "/10/X"]
DONE = ["milking", "raw test", "drying", "final test", "delivery"]

said = st.one_of(
    st.tuples(st.just("origin"), st.sampled_from(LOTS)),
    st.tuples(
        st.just("inspection"), st.sampled_from(LOTS), st.sampled_from(["lead", "melamine"]), st.booleans()
    ),
    st.tuples(
        st.just("processing"),
        st.sampled_from(LOTS),
        st.lists(st.sampled_from(LOTS), min_size=1, max_size=3, unique=True),
        st.sampled_from(["drying", "other"]),
    ),
    st.tuples(st.just("shipping"), st.sampled_from(LOTS)),
    st.tuples(st.just("layout"), st.just(PRODUCT)),
)


def tell(world, number, one):
    """A stranger says something."""
    kind, lot, *more = one
    if kind == "origin":
        world.say("stranger", kind, lot, {"document": str(number)})
    elif kind == "inspection":
        world.tested(lot, more[0], name="stranger", conforms=more[1], report=str(number))
    elif kind == "processing":
        data = {"step": more[1], "inputs": more[0], "outputs": [lot], "run": str(number)}
        world.say("stranger", kind, lot, data)
    elif kind == "shipping":
        world.say("stranger", kind, lot, {"direction": "dispatched", "document": str(number)})
    else:
        steps = [{"name": "x", "kind": "observation", "roles": ["merchant"], "optional": True}]
        world.layout(steps, "stranger", version=str(number))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sets(st.sampled_from(DONE)),
    st.lists(said, min_size=1, max_size=5),
)
def test_strangers_change_no_verdict(done, says):
    world = World()
    if done == set(DONE):
        good_story(world)
    else:
        world.product()
        world.layout()
        for step in sorted(done, key=DONE.index):
            _do(world, step)
    world.say("truck", "observation", LOT, {"step": "seen"})
    before = world.check()
    for number, one in enumerate(says):
        tell(world, number, one)
    after = world.check()
    assert after.layout.ref == before.layout.ref
    assert after.met == before.met
    was, became = statuses(before), statuses(after)
    for name, status in was.items():
        assert became[name] == status or (status, became[name]) == ("missing", "other")
        assert after.step(name).done_by == before.step(name).done_by


def _do(world, step):
    if step == "milking":
        world.milked("A")
    elif step == "raw test":
        world.tested(MILK + "A", "melamine")
    elif step == "drying":
        world.made(LOT, MILK + "A")
    elif step == "final test":
        world.tested(LOT, "lead", cosigners=["lab2"])
    else:
        world.shipped(LOT)
