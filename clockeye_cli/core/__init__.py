"""Pure values and calculations: no clock, no files, no network, only the standard library.

An instant is an `int`: whole seconds since 1970-01-01T00:00:00Z. Durations are whole seconds too, so sums are
exact, and two instants cannot be subtracted by wall clock by mistake.
"""
