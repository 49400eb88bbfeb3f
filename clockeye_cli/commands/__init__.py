"""The runs, one file per verb: parse the input, apply the rules, pass the result to `ctx.out`."""
