"""The yardstick: a page of rows as a first Django project would make it, and bare views of constant bytes."""
