"""Changes: operations read as what they mean in a newsroom."""
