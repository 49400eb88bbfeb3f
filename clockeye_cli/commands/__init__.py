"""The runs, one file a verb: parse what was typed, ask the rules, hand the result to `ctx.out`."""
