"""Plans as confirmed: groups, tasks, duties, each traced to its lines."""
