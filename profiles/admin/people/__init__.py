"""The screens of people: signing in, one's own account, the gate before the desk."""
