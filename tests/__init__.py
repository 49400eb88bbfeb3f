"""What tests share is imported as `tests.…`; being a package, it goes before a `tests` that others install."""
