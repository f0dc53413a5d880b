"""权限: the one table of who may do what, and the gate that every request passes."""
