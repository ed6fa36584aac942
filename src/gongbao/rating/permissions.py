"""Who may do what in a rating. Things are a RatingCycle, a code (uscc), a Sheet's or Declaration's place; see each."""
