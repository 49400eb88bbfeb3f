"""What tests share is `tests.…`. As a package it goes before any `tests` that something else installs."""
