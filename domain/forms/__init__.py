"""The figures of the official forms (domain.md 4): one file a form, each computed from what an office planned and
reported. How they are printed is not decided here."""
