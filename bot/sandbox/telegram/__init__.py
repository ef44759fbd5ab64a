"""A Bot API server for one bot: the methods it uses, checked strictly, over state that is kept."""
