"""Pure values and sums: no clock, no files, no network, nothing but the standard library.

An instant is an `int`: whole seconds since 1970-01-01T00:00:00Z. Spans are whole seconds too, so sums
are exact, and a difference of two instants cannot be taken by wall clock by mistake.
"""
