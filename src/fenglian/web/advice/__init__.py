"""四链建议: what to do next on the chain, and the brief that says it on paper."""
