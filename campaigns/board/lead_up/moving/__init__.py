"""Moving, cancelling and keeping an occurrence, with what that does to its lead-up."""
