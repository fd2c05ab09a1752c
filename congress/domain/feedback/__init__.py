"""What people say of a congress afterwards: a survey, its ballots, and what is counted of them."""
