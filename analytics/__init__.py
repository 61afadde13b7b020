"""Pure functions on tables: scores, rates, intervals, comparison, disclosure."""
