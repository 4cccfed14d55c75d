"""Everything about a business's KPIs that is true without a screen."""
