"""风链 Fenglian: the alliance at work and the industry-chain system it looks after."""
