"""From a plan to work: what it says as proposals, which an officer ticks and edits, and one yes that makes them."""
