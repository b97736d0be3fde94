"""Pictures as geometry: charts over time, flows of money."""
