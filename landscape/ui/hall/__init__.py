"""What is used in a lecture hall: the presenter on the projector, and what the speaker sees beside it."""
