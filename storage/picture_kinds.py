"""The kinds of the snapshots of pictures: without SQL, for the processes that draw them."""

SUMMARY, SECTION, INDICATOR, COMPLIANCE = "summary", "section", "indicator", "compliance"
BUDGET, YEARS = "budget", "years"
