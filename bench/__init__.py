"""The figures that the product promises, each measured by a module of its own; ``python -m bench`` runs them all."""
