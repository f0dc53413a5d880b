"""分析: the questions that the chain of an alliance can be asked, and what if it were changed."""
