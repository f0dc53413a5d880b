"""产业链: the chain that an alliance looks after, drawn, and asked product by product."""
