"""Outlets: press, stations, portals, pages, loudspeakers; who publishes."""
