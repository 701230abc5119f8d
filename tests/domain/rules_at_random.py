"""Any cut-off and any ladder that an office may choose, for properties that hold under all of them."""

from hypothesis import strategies as st

from domain.deadlines import CutOff, CutOffKind
from domain.ladder import Rung, Stage

CUT_OFFS = st.builds(CutOff, st.just(CutOffKind.DAY), st.integers(1, 28), st.booleans()) | st.builds(
    CutOff, st.just(CutOffKind.WORKING_DAY), st.integers(1, 15)
)
RUNGS = st.tuples(
    st.builds(Rung, st.just(Stage.NOTICE), st.integers(-10, 0)),
    st.builds(Rung, st.just(Stage.BEFORE), st.integers(-10, -1)),
    st.just(Rung(Stage.DUE, 0)),
    st.builds(Rung, st.just(Stage.AFTER), st.integers(1, 10)),
    st.builds(Rung, st.just(Stage.SUPERIOR), st.integers(1, 15)),
)
